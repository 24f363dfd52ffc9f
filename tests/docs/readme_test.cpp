// SPDX-License-Identifier: GPL-2.0-only
// What the documentation says, tried out.
#include "checks/base/counter_scenario.hpp"
#include "checks/base/model_subject.hpp"
#include "checks/base/program.hpp"
#include "harness/explore/explore_checker.hpp"
#include "harness/programs.hpp"
#include "harness/relacy/relacy_simulation.hpp"
#include "model/atomics/explore_atomics.hpp"
#include "model/atomics/relacy_atomics.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>

namespace stockcheck::checks {
#include "readme_scenario.hpp"
}  // namespace stockcheck::checks

using namespace stockcheck;

TEST_CASE("the scenario of the README is proven") {
  const auto entry =
      checks::entry_for<checks::last_page_of_parent, checks::model<explore_atomics>>();
  const auto result = harness::explore_checker{{&entry, 1}}.check(*entry.info, {}, {});
  CHECK(result.verdict == verdict::pass);
  CHECK(result.proof == "RC11");
  // Either group may get the page.
  CHECK(result.outcomes.size() == 2);
}

TEST_CASE("the scenario of the README holds with up to two preemptions") {
  const auto entry =
      checks::entry_for<checks::last_page_of_parent, checks::model<relacy_atomics>>();
  const auto report =
      harness::simulate({.program = &entry,
                         .strategy = explore::search::preemptions,
                         .context_bound = 2,
                         .deadline = harness::processor_deadline{std::chrono::minutes(5)}},
                        {});
  CHECK(report.end == harness::simulation_end::exhausted);
  // Either group may get the page.
  CHECK(report.outcomes.size() == 2);
}
