// SPDX-License-Identifier: GPL-2.0-only
#include "harness/objects/scenario_files.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <regex>
#include <set>
#include <string>

using stockcheck::harness::scenario_files;
using stockcheck::kernel_source::embedded_file;

namespace {

std::set<std::string> embedded() {
  std::set<std::string> names;
  for (const embedded_file& file : scenario_files()) names.emplace(file.name);
  return names;
}

}  // namespace

TEST_CASE("whatever scenarios' files include of the project is among them") {
  const std::regex include{R"re(#[ \t]*include[ \t]*"([^"\n]+)")re"};
  const std::set<std::string> known = embedded();
  std::size_t seen = 0;
  for (const embedded_file& file : scenario_files()) {
    const std::string text(file.text);
    for (std::sregex_iterator i(text.begin(), text.end(), include), end; i != end; ++i, ++seen) {
      CAPTURE(file.name);
      CHECK_MESSAGE(known.contains((*i)[1]), (*i)[1].str());
    }
  }
  CHECK(seen > known.size());
}

TEST_CASE("scenarios' files are the model, the scenarios, and what they need of their subjects") {
  namespace fs = std::filesystem;
  std::set<std::string> rest = embedded();
  for (const char* const folder : {"model", "checks"})
    for (const auto& file :
         fs::recursive_directory_iterator(fs::path(STOCKCHECK_SOURCE_DIR) / folder))
      if (file.path().extension() == ".hpp") {
        const std::string name = file.path().lexically_relative(STOCKCHECK_SOURCE_DIR).string();
        CHECK_MESSAGE(rest.erase(name) == 1, name);
      }
  for (const std::string& name : rest)
    CHECK_MESSAGE((name.starts_with("explore/") || name.starts_with("kernel_source/") ||
                   name.starts_with("verdict/")),
                  name);
}
