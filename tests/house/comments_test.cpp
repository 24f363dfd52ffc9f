// SPDX-License-Identifier: GPL-2.0-only
// Comments are sentences, and a file of the project that one names is there.
#include "tests/house/project_files.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>

using namespace stockcheck::tests;

namespace {

/// The comment of a line, without what is quoted there, which is an example; empty if it has none.
std::string comment_in(const std::string& line, bool is_c) {
  static const std::regex of_c(R"((//|/\*|^ \*)(.*)$)");
  static const std::regex of_script(R"(^\s*#(.*)$)");
  static const std::regex quoted(R"("[^"]*")");
  std::smatch match;
  const std::string plain = std::regex_replace(line, quoted, "");
  if (!std::regex_search(plain, match, is_c ? of_c : of_script)) return "";
  return match[match.size() - 1];
}

bool is_of_the_kernel(const std::string& name) {
  for (const char* folder : {"mm/", "lib/", "linux/", "include/linux/", "Documentation/"})
    if (name.starts_with(folder)) return true;
  return false;
}

/// Such as NAME.sed, for any of them.
bool is_placeholder(const std::string& name) {
  return name.find("NAME") != std::string::npos || name == "relacy.hpp";
}

}  // namespace

TEST_CASE("no comment names a file that does not exist") {
  std::set<std::string> known;
  for (const auto& file : files()) {
    const std::string path = file.lexically_relative(root).generic_string();
    // By its name, and by every end of its path.
    for (std::size_t at = 0; at != std::string::npos; at = path.find('/', at + 1))
      known.insert(path.substr(at == 0 ? 0 : at + 1));
  }
  for (const std::string& made : std::set<std::string>(known))
    if (made.ends_with(".in")) known.insert(made.substr(0, made.size() - 3));

  const std::regex name(
      R"((?:^|[^\w./<*-])((?:[\w.-]+/)*[\w-]+\.(?:hpp|cpp|h|c|md|cmake|py|json|sed|patch|in))(?!\w))");
  std::size_t seen = 0;
  for (const auto& file : files()) {
    if (!is_source(file)) continue;
    const std::string kind = file.extension().string();
    const bool is_c =
        kind == ".hpp" || kind == ".cpp" || kind == ".h" || kind == ".c" || kind == ".in";
    std::istringstream text(text_of(file));
    for (std::string line; std::getline(text, line);) {
      const std::string comment = comment_in(line, is_c);
      for (auto at = std::sregex_iterator(comment.begin(), comment.end(), name);
           at != std::sregex_iterator(); ++at) {
        const std::string named = (*at)[1];
        if (is_of_the_kernel(named) || is_placeholder(named)) continue;
        ++seen;
        CHECK_MESSAGE(known.contains(named), file.string(), " names ", named);
      }
    }
  }
  CHECK(seen > 50);
}

TEST_CASE("no comment begins with a fragment") {
  const std::regex fragment(R"(^\s*(?:///<?|//|/\*|\*) (?:Of|Those|The same)\b)");
  for (const auto& file : files()) {
    if (!is_source(file)) continue;
    std::istringstream text(text_of(file));
    std::size_t number = 0;
    for (std::string line; std::getline(text, line);) {
      ++number;
      CHECK_MESSAGE(!std::regex_search(line, fragment), file.string(), ":", number, ": ", line);
    }
  }
}
