// SPDX-License-Identifier: GPL-2.0-only
// The output that the lessons show is what the command prints.
//
// With STOCKCHECK_WRITE_LESSONS in the environment the pages are written anew instead.
#include "tests/cli/command_line.hpp"
#include "tests/house/project_files.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>

using namespace stockcheck::tests;

namespace {

namespace fs = std::filesystem;

/// What differs from run to run is left out: how long it took.
std::string without_times(const std::string& output) {
  return std::regex_replace(output, std::regex(R"([0-9]+\.[0-9]( ?)s\b)"), "0.0$1s");
}

/// A page in which every block that begins with a command shows what this prints.
std::string with_output(const std::string& page, std::size_t& blocks) {
  const std::regex block("```\n\\$ stockcheck ([^\n]*)\n[^`]*```\n");
  std::string shown;
  auto rest = page.cbegin();
  for (auto at = std::sregex_iterator(page.begin(), page.end(), block);
       at != std::sregex_iterator(); ++at, ++blocks) {
    shown.append(rest, (*at)[0].first);
    const std::string arguments = (*at)[1];
    shown += "```\n$ stockcheck " + arguments + "\n" + without_times(run(arguments).text) + "```\n";
    rest = (*at)[0].second;
  }
  return shown.append(rest, page.cend());
}

}  // namespace

TEST_CASE("every lesson shows what its commands print") {
  std::size_t pages = 0;
  for (const auto& file : fs::directory_iterator(root / "docs/learn")) {
    if (file.path().filename() == "README.md") continue;
    ++pages;
    const std::string page = text_of(file.path());
    std::size_t blocks = 0;
    const std::string shown = with_output(page, blocks);
    CAPTURE(file.path().string());
    CHECK(blocks == 2);
    if (std::getenv("STOCKCHECK_WRITE_LESSONS") != nullptr)
      std::ofstream(file.path()) << shown;
    else
      CHECK(shown == page);
  }
  CHECK(pages == 11);
}
