// SPDX-License-Identifier: GPL-2.0-only
// One noun, one thing: no two public types share a name.
#include "tests/house/project_files.hpp"

#include <doctest/doctest.h>

#include <map>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace stockcheck::tests;

namespace {

/// Without comments, in which words stand at the beginning of a line as well.
std::string code_of(const std::string& text) {
  static const std::regex comment{"//[^\n]*"};
  return std::regex_replace(text, comment, "");
}

/// The types that a header defines outside of others: those at the beginning of a line.
std::vector<std::string> types_in(const std::string& text) {
  static const std::regex definition{
      "(^|\n)(template <[^\n{};]*>[ \n])?(struct|class|enum class|concept) "
      "(\\[\\[[^\\]]*\\]\\] |alignas\\([^)]*\\) )?(\\w+)( final)?( ?:[^;{}]*)?[ \n]?[={]"};
  static const std::regex alias{"(^|\n)(template <[^\n{};]*>[ \n])?using (\\w+) ="};
  const std::string code = code_of(text);
  std::vector<std::string> names;
  for (std::sregex_iterator i(code.begin(), code.end(), definition), end; i != end; ++i)
    names.push_back((*i)[5]);
  for (std::sregex_iterator i(code.begin(), code.end(), alias), end; i != end; ++i)
    names.push_back((*i)[3]);
  return names;
}

/// Tests, benchmarks and examples have no public types.
bool is_public_header(const std::filesystem::path& file) {
  const std::string top = file.lexically_relative(root).begin()->string();
  return file.extension() == ".hpp" && top != "tests" && top != "bench";
}

}  // namespace

TEST_CASE("types are found however they are defined") {
  const std::vector<std::string> found{"a", "b", "c", "d", "e", "f"};
  std::vector<std::string> names = types_in(
      "struct a {\n};\ntemplate <class T>\nclass b final : public a {\n  struct inner {};\n};\n"
      "enum class c : int { x };\ntemplate <class T>\nconcept d = true;\n"
      "struct alignas(8) e {};\n// struct no {\nstruct declared;\nenum class opaque : int;\nusing "
      "f = a;\n");
  CHECK(names == found);
}

TEST_CASE("no two public types share a name") {
  std::map<std::string, std::set<std::string>> places;
  for (const std::filesystem::path& file : files())
    if (is_public_header(file))
      for (const std::string& name : types_in(text_of(file)))
        places[name].insert(file.lexically_relative(root).string());
  CHECK(places.size() > 500);
  for (const auto& [name, in] : places) {
    std::string list;
    for (const std::string& file : in) list += " " + file;
    CHECK_MESSAGE(in.size() == 1, name << " is defined in" << list);
  }
}
