// SPDX-License-Identifier: GPL-2.0-only
#include "mutants/equivalent_header.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace stockcheck;

namespace {

mutants::equivalent_header read(const std::string& text) {
  std::istringstream stream{text};
  return mutants::read_equivalent_header(stream, "a.patch");
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

}  // namespace

TEST_CASE("the header of an equivalent says why it is right and which scenarios it must pass") {
  const mutants::equivalent_header header =
      read("Equivalent: nobody looks\nScenarios: a/b  c*\n\n--- a/x\n");
  CHECK(header.because == "nobody looks");
  CHECK(header.scenarios == std::vector<std::string>{"a/b", "c*"});
  CHECK(header.scenarios_line == 2);
}

TEST_CASE("an equivalent without a reason or without scenarios is refused") {
  CHECK(error_of("Scenarios: a\n--- a/x\n") == "a.patch:2: the header ends without \"Equivalent\"");
  CHECK(error_of("Equivalent: x\n--- a/x\n") == "a.patch:2: the header ends without \"Scenarios\"");
  CHECK(error_of("Equivalent: x\nScenarios:  \n") == "a.patch:2: \"Scenarios\" without a value");
  CHECK(error_of("Scenario: a\n") == "a.patch:1: not \"Equivalent: \" or \"Scenarios: \"");
}
