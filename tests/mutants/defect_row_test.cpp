// SPDX-License-Identifier: GPL-2.0-only
#include "mutants/defect_row.hpp"
#include "harness/no_end.hpp"

#include <doctest/doctest.h>

#include <array>
#include <stdexcept>

using namespace stockcheck;

namespace {

const mutants::mutant_header header{.what = "reads a|b",
                                    .scenarios = {"a/b"},
                                    .caught_by = oracle::conservation,
                                    .recreates = "what 123456789abc fixed"};

report::result found(const std::string& by, std::uint64_t executions, double seconds,
                     oracle kind = oracle::conservation) {
  report::result result{.checker = by, .executions = executions, .seconds = seconds};
  result.finding = report::finding{.kind = kind, .steps = std::vector<report::step>(7)};
  return result;
}

std::string cells_of(const report::result& result) {
  const std::string row =
      mutants::defect_row("name", header, {.checkers = {&result, 1}, .without_the_oracle = {}});
  const std::string head = mutants::defect_row_head("name", header) + " - |";
  REQUIRE(row.starts_with(head));
  return row.substr(head.size());
}

}  // namespace

TEST_CASE("a row begins with what the patch says of the defect") {
  CHECK(mutants::defect_row_head("name", header) ==
        "| `name` | reads a\\|b | what 123456789abc fixed | `a/b` | conservation |");
  CHECK(mutants::defect_row_head("name", {.what = "d", .scenarios = {"a/b"}}) ==
        "| `name` | d | - | `a/b` | scenario |");
}

TEST_CASE("a row goes on with the length of the first counterexample and a cell for each checker") {
  const std::array results{found("explore", 3, 0.00042), report::result{.executions = 9},
                           found("threads", 1234, 0.0261)};
  CHECK(mutants::defect_row("name", header, {.checkers = results, .without_the_oracle = {}}) ==
        mutants::defect_row_head("name", header) + " - | 7 | 3, 0.4 ms | - | ~1000, 30 ms |");
}

TEST_CASE("a row names the oracle that sees the defect, too") {
  const std::array results{found("explore", 3, 0.00042)};
  const auto row = [&](const report::result& without) {
    return mutants::defect_row("name", header,
                               {.checkers = results, .without_the_oracle = without});
  };
  const std::string head = mutants::defect_row_head("name", header);
  CHECK(row(found("explore", 2, 0, oracle::leak)) == head + " leak | 7 | 3, 0.4 ms |");
  CHECK(row({}) == head + " - | 7 | 3, 0.4 ms |");
  // Without the oracle for memory the code may crash.
  CHECK(row(found("explore", 0, 0)) == head + " - | 7 | 3, 0.4 ms |");
}

TEST_CASE("the row of a mutant of a kernel says for which it is made and what explore found") {
  mutants::mutant_header of_kernel = header;
  of_kernel.kernels = {"6.12", "6.1"};
  const std::string head = "| `name` | reads a\\|b | 6.12, 6.1 | `a/b` | conservation |";
  CHECK(mutants::kernel_row_head("name", of_kernel) == head);
  CHECK(mutants::kernel_row("name", of_kernel, found("explore", 3, 0.00042)) == head + " 7 | 3 |");
  CHECK(mutants::kernel_row("name", of_kernel, {.checker = "explore", .executions = 9}) ==
        head + " - | - |");
}

TEST_CASE("times have one digit") {
  CHECK(cells_of(found("relacy", 21, 0.00000123)) == " 7 | 21, 0.001 ms |");
  CHECK(cells_of(found("relacy", 21, 0.96)) == " 7 | 21, 1 s |");
  CHECK(cells_of(found("relacy", 21, 1.7)) == " 7 | 21, 2 s |");
}

TEST_CASE("a cell names the oracle if it is not the one of the patch") {
  CHECK(cells_of(found("relacy", 21, 0.02, oracle::underflow)) == " 7 | 21, 20 ms (underflow) |");
}

TEST_CASE("a cell says that the code crashed or hung, and nothing more") {
  report::result crashed = found("threads", 0, 0, oracle::memory);
  crashed.finding->steps.clear();
  CHECK(cells_of(crashed) == " 0 | crashes (memory) |");
  CHECK(cells_of({.checker = "threads", .guarantee = "killed"}) == " - | hangs |");
  report::result hung = found("threads", 3, 10, oracle::progress);
  hung.finding->steps.clear();
  hung.finding->signature = harness::no_end_signature;
  CHECK(cells_of(hung) == " 0 | hangs |");
}

TEST_CASE("a cell says that the checker cannot run the scenario") {
  CHECK(cells_of({.checker = "threads"}) == " - | n/a |");
}

TEST_CASE("an error of a checker is no cell") {
  CHECK_THROWS_AS(
      static_cast<void>(cells_of({.checker = "relacy", .guarantee = "the checker failed: oh"})),
      std::runtime_error);
}
