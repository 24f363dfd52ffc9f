// SPDX-License-Identifier: GPL-2.0-only
#include "mutants/defect_verdict.hpp"

#include <doctest/doctest.h>

using namespace stockcheck;
using mutants::complaint;
using mutants::mutant_header;

namespace {

const mutant_header header{
    .scenarios = {"a/b"}, .caught_by = oracle::conservation, .stale = "root.usage"};

report::result caught() {
  return {.scenario = "a/b",
          .checker = "explore",
          .guarantee = "RC11, execution 3",
          .finding = report::finding{.kind = oracle::conservation,
                                     .what = "usage is wrong",
                                     .steps = {{0, "write root.usage = 1", false, {}},
                                               {1, "read root.usage = 0", true, {}}}},
          .executions = 3};
}

}  // namespace

TEST_CASE("a defect is caught that the oracle and the stale read show which its patch names") {
  CHECK(complaint(header, caught()).empty());
  CHECK(mutants::defect_line("a_defect", header, caught()).find("caught by conservation") !=
        std::string::npos);
}

TEST_CASE("a defect that nothing or another oracle notices is not caught") {
  report::result result = caught();
  result.finding->kind = oracle::leak;
  CHECK(complaint(header, result) ==
        "WRONG ORACLE with explore: leak, the patch says conservation");
  result.finding.reset();
  CHECK(complaint(header, result) == "NOT CAUGHT by explore: RC11, execution 3");
}

TEST_CASE("a counterexample without the stale read that a patch names does not show the defect") {
  report::result result = caught();
  result.finding->steps[1].stale = false;
  CHECK(complaint(header, result) == "NOT SHOWN by explore: no stale read of root.usage");
  CHECK(mutants::defect_line("a_defect", header, result).find("NOT SHOWN") != std::string::npos);
  result.finding->steps[1] = {1, "read root.max = 0", true, {}};
  CHECK_FALSE(complaint(header, result).empty());
  mutant_header without = header;
  without.stale.clear();
  CHECK(complaint(without, result).empty());
}
