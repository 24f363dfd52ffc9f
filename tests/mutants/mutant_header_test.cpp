// SPDX-License-Identifier: GPL-2.0-only
#include "mutants/mutant_header.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace stockcheck;
using mutants::mutant_kind;

namespace {

mutants::mutant_header read(const std::string& text) {
  std::istringstream stream{text};
  return mutants::read_mutant_header(stream, "a.patch");
}

/// What is wrong with a header; empty if nothing is.
std::string error_of(const std::string& text) {
  try {
    read(text);
  } catch (const mutants::malformed_mutant& error) {
    return error.what();
  }
  return "";
}

constexpr const char* complete =
    "Wrong: adds instead of subtracting\n"
    "Of: model\n"
    "Scenario: a/b\n"
    "Oracle: stock bound\n";

}  // namespace

TEST_CASE("a header says what is wrong, where it shows and which oracle notices") {
  const mutants::mutant_header header = read(std::string(complete) + "\n--- a/x\n+++ b/x\n");
  CHECK(header.kind == mutant_kind::wrong);
  CHECK(header.what == "adds instead of subtracting");
  CHECK(header.kernels.empty());
  CHECK(header.scenarios == std::vector<std::string>{"a/b"});
  CHECK(header.scenarios_line == 3);
  CHECK(header.caught_by == oracle::stock_bound);
  CHECK(header.stale.empty());
  CHECK(header.recreates.empty());
}

TEST_CASE("a header may name the bug it repeats and what is read too late") {
  const mutants::mutant_header header =
      read(std::string(complete) + "Stale: a.b\nRecreates: what 123456789abc fixed\n--- a/x\n");
  CHECK(header.stale == "a.b");
  CHECK(header.recreates == "what 123456789abc fixed");
}

TEST_CASE("the diff may start as git writes it") {
  CHECK(error_of(std::string(complete) + "diff --git a/x b/x\nindex 1..2\n--- a/x\n") == "");
}

TEST_CASE("the header of what is right says why and which scenarios it must pass") {
  const mutants::mutant_header header =
      read("Right: nobody looks\nOf: model\nScenario: a/b  c*\n\n--- a/x\n");
  CHECK(header.kind == mutant_kind::right);
  CHECK(header.what == "nobody looks");
  CHECK(header.scenarios == std::vector<std::string>{"a/b", "c*"});
}

TEST_CASE("the header of a script is a comment, and ends with it") {
  const mutants::mutant_header header = read(
      "# Hostile: nobody looks\n# Of: kernel 6.12 6.1\n# File: mm/a.c\n# Scenario: a/b c/d\n"
      "# Exit: 2\n# Says: #line: \n/^#x/d\n# Exit: 3\n");
  CHECK(header.kind == mutant_kind::hostile);
  CHECK(header.kernels == std::vector<std::string>{"6.12", "6.1"});
  CHECK(header.file == "mm/a.c");
  CHECK(header.exit == 2);
  CHECK(header.says == "#line: ");
}

TEST_CASE("a remedy and a part of a proposal are nothing that is tried in scenarios of theirs") {
  CHECK(read("Remedy: it is mended\nOf: model\n--- a/x\n").kind == mutant_kind::remedy);
  CHECK(read("# Proposal: it is faster\n# Of: kernel 6.12\n").kind == mutant_kind::proposal);
  CHECK(error_of("Remedy: x\nOf: model\nScenario: a\n") == "a.patch:3: not \"Of: \" or \"File: \"");
}

TEST_CASE("a malformed header is refused with its file and line") {
  CHECK(error_of("Wrogn: x\n") ==
        "a.patch:1: not \"Wrong: \", \"Right: \", \"Remedy: \", \"Hostile: \" or \"Proposal: \"");
  CHECK(error_of("") ==
        "a.patch:1: the header ends without \"Wrong: \", \"Right: \", \"Remedy: \", "
        "\"Hostile: \" or \"Proposal: \"");
  CHECK(error_of("Wrong: x\nOracl: y\n") ==
        "a.patch:2: not \"Of: \", \"File: \", \"Scenario: \", \"Oracle: \", \"Stale: \" or "
        "\"Recreates: \"");
  CHECK(error_of("Wrong: x\nOf: model\nOracle: leek\nScenario: a/b\n--- a/x\n")
            .starts_with("a.patch:3: no oracle is named \"leek\"; there are: conservation, leak,"));
  CHECK(error_of("Wrong: x\nOf: model\nOf: model\n") == "a.patch:3: a second \"Of\"");
  CHECK(error_of("Wrong: \n") == "a.patch:1: \"Wrong\" without a value");
  CHECK(error_of("Wrong: x\nScenario: \n") == "a.patch:2: \"Scenario\" without a value");
  CHECK(error_of("Wrong: x\nOf: model\nOracle: leak\n--- a/x\n") ==
        "a.patch:4: the header ends without \"Scenario\"");
  CHECK(error_of("Right: x\nOf: model\nScenario:  \n--- a/x\n") ==
        "a.patch:3: \"Scenario\" without a value");
  CHECK(error_of("Right: x\nOf: model\n--- a/x\n") ==
        "a.patch:3: the header ends without \"Scenario\"");
  CHECK(error_of("Right: x\nOf: model\nOracle: leak\n") ==
        "a.patch:3: not \"Of: \", \"File: \" or \"Scenario: \"");
}

TEST_CASE("a mutant is of the model, or of a kernel whose releases are named") {
  for (const std::string of : {"kernel", "6.12", "model 6.12", "models"})
    CHECK(error_of("Remedy: x\nOf: " + of + "\n--- a/x\n") ==
          "a.patch:2: it is of \"model\", or of \"kernel\" and its releases");
}

TEST_CASE("an exit code is a number") {
  CHECK(error_of("# Hostile: x\n# Of: kernel 6.12\n# Scenario: a\n# Exit: 2x\n# Says: y\n") ==
        "a.patch:4: no exit code: \"2x\"");
}
