// SPDX-License-Identifier: GPL-2.0-only
// The documentation names scenarios that exist, and has a page for each lesson.
#include "harness/programs.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace stockcheck;

namespace {

std::string text_of(const std::filesystem::path& file) {
  std::ifstream stream{file};
  REQUIRE_MESSAGE(stream.is_open(), file);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::filesystem::path docs() { return std::filesystem::path{STOCKCHECK_SOURCE_DIR} / "docs"; }

std::string algorithm_of(const std::string& name) { return name.substr(0, name.find('/')); }

}  // namespace

TEST_CASE("every scenario that the documentation names exists") {
  std::set<std::string> names;
  std::set<std::string> algorithms;
  for (const checks::program_entry& entry : harness::explore_programs()) {
    names.emplace(entry.info->name);
    algorithms.insert(algorithm_of(std::string{entry.info->name}));
  }
  std::size_t seen = 0;
  const std::regex quoted{R"([`' ]([a-z_]+/[a-z0-9_]+)[`' ,])"};
  for (const auto& file : std::filesystem::recursive_directory_iterator(docs())) {
    if (file.path().extension() != ".md") continue;
    const std::string text = text_of(file.path());
    for (auto found = std::sregex_iterator(text.begin(), text.end(), quoted);
         found != std::sregex_iterator(); ++found) {
      const std::string name = (*found)[1].str();
      if (!algorithms.contains(algorithm_of(name))) continue;
      ++seen;
      CHECK_MESSAGE(names.contains(name), file.path().filename(), " names ", name);
    }
  }
  CHECK(seen > 0);
}

TEST_CASE("every lesson has a page") {
  std::string pages;
  for (const auto& file : std::filesystem::directory_iterator(docs() / "learn"))
    pages += text_of(file.path());
  for (const checks::program_entry& entry : harness::explore_programs()) {
    const std::string name{entry.info->name};
    if (algorithm_of(name) != "learn") continue;
    CHECK_MESSAGE(pages.find("stockcheck check " + name) != std::string::npos, name);
  }
}
