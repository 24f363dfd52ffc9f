// SPDX-License-Identifier: GPL-2.0-only
#include "mutants/defect_header.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace stockcheck;

namespace {

mutants::defect_header read(const std::string& text) {
  std::istringstream stream{text};
  return mutants::read_defect_header(stream, "a.patch");
}

/// What is wrong with a header; empty if nothing is.
std::string error_of(const std::string& text) {
  try {
    read(text);
  } catch (const mutants::malformed_patch& error) {
    return error.what();
  }
  return "";
}

constexpr const char* complete =
    "Defect: adds instead of subtracting\n"
    "Scenario: a/b\n"
    "Oracle: stock bound\n";

}  // namespace

TEST_CASE("a header says what is wrong, where it shows and which oracle notices") {
  const mutants::defect_header header = read(std::string(complete) + "\n--- a/x\n+++ b/x\n");
  CHECK(header.defect == "adds instead of subtracting");
  CHECK(header.scenario == "a/b");
  CHECK(header.scenario_line == 2);
  CHECK(header.caught_by == oracle::stock_bound);
  CHECK(header.recreates.empty());
}

TEST_CASE("a header may name the bug it repeats") {
  CHECK(read(std::string(complete) + "Recreates: what 123456789abc fixed\n--- a/x\n").recreates ==
        "what 123456789abc fixed");
}

TEST_CASE("the diff may start as git writes it") {
  CHECK(error_of(std::string(complete) + "diff --git a/x b/x\nindex 1..2\n--- a/x\n") == "");
}

TEST_CASE("a malformed header is refused with its file and line") {
  CHECK(error_of("Defekt: x\n") ==
        "a.patch:1: not \"Defect: \", \"Scenario: \", \"Oracle: \", \"Stale: \" or "
        "\"Recreates: \"");
  CHECK(error_of("Defect: x\nOracle: leek\nScenario: a/b\n--- a/x\n")
            .starts_with("a.patch:2: no oracle is named \"leek\"; there are: conservation, leak,"));
  CHECK(error_of("Defect: x\nDefect: y\n") == "a.patch:2: a second \"Defect\"");
  CHECK(error_of("Defect: x\nScenario: \n") == "a.patch:2: \"Scenario\" without a value");
  CHECK(error_of("Defect: x\nOracle: leak\n--- a/x\n") ==
        "a.patch:3: the header ends without \"Scenario\"");
  CHECK(error_of("") == "a.patch:1: the header ends without \"Defect\"");
}
