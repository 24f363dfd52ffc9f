// What the documentation says, tried out.
#include "checkers/explore_checker.hpp"
#include "checkers/programs.hpp"
#include "checkers/relacy_simulation.hpp"
#include "checks/memcg_scenario.hpp"
#include "checks/model_subject.hpp"
#include "checks/program.hpp"
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
  const auto result = checkers::explore_checker{{&entry, 1}}.check(*entry.info, {}, {});
  CHECK(result.verdict == report::verdict::pass);
  CHECK(result.proof == "RC11");
  // Either group may get the page.
  CHECK(result.outcomes.size() == 2);
}

TEST_CASE("the scenario of the README holds with up to two preemptions") {
  const auto entry =
      checks::entry_for<checks::last_page_of_parent, checks::model<relacy_atomics>>();
  const auto report =
      checkers::simulate({.program = &entry,
                          .strategy = checkers::search::bounded,
                          .context_bound = 2,
                          .deadline = checkers::processor_deadline{std::chrono::minutes(5)}},
                         {});
  CHECK(report.end == checkers::simulation_end::exhausted);
  // Either group may get the page.
  CHECK(report.outcomes.size() == 2);
}
