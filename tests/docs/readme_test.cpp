// SPDX-License-Identifier: GPL-2.0-only
// What the README says of a first scenario, tried out.
#include "tests/cli/command_line.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

using namespace stockcheck::tests;

TEST_CASE("the scenario of the README passes under every checker, and is proven by explore") {
  const outcome result = run("check " STOCKCHECK_README_SCENARIO " --checker all --outcomes");
  CAPTURE(result.text);
  CHECK(result.exit_code == 0);
  CHECK(contains(result.text, "PASS (exhaustive, RC11)"));
  CHECK(contains(result.text, "3 runs: 3 passed, 0 known, 0 failed, 0 unknown"));
}

TEST_CASE("the scenario of the README fails once it is broken") {
  std::ifstream original(STOCKCHECK_README_SCENARIO);
  std::string text{std::istreambuf_iterator<char>(original), {}};
  const std::string limit = "parent.set_max(1)";
  REQUIRE(contains(text, limit));
  text.replace(text.find(limit), limit.size(), "parent.set_max(2)");
  const std::filesystem::path broken =
      std::filesystem::path(STOCKCHECK_README_SCENARIO).replace_filename("my_broken_idea.hpp");
  std::ofstream(broken) << text;
  const outcome result = run("check " + broken.string());
  CAPTURE(result.text);
  CHECK(result.exit_code == 1);
  CHECK(contains(result.text, "not exactly one charge succeeded (pages held=2)"));
  CHECK(contains(result.text, "my_broken_idea.hpp:"));
}
