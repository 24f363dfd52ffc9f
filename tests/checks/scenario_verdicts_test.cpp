// SPDX-License-Identifier: GPL-2.0-only
// Every scenario gets the verdict it promises from both model checkers: sound ones pass, known
// properties are found.
#include "harness/explore/explore_checker.hpp"
#include "harness/programs.hpp"
#include "harness/relacy/relacy_checker.hpp"
#include "tests/harness/compiled_programs.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

using namespace stockcheck;

namespace {

/// How much less than its usual work a scenario is to need: room for a change that makes it longer.
constexpr std::uint64_t to_spare = 5;

report::result check(const checks::scenario_info& scenario, const harness::options& how) {
  static const harness::programs on_relacy =
      tests::all_programs(harness::scenario_subject::relacy_model);
  return harness::relacy_checker{on_relacy}.check(scenario, how, {});
}

const checks::scenario_info& scenario_named(std::string_view name) {
  return *harness::find_program(harness::explore_programs(), name).info;
}

/// The lessons about memory ordering show nothing where there is none to show.
bool shows(const checks::scenario_info& scenario, explore::memory_model model) {
  static const std::set<std::string_view> weak{"learn/05_relaxed_operations",
                                               "learn/07_published_too_early"};
  return model == explore::memory_model::rc11 || !weak.contains(scenario.name);
}

}  // namespace

TEST_CASE("every scenario is proven or found to be as it declares, under each memory model") {
  for (const explore::memory_model model :
       {explore::memory_model::sc, explore::memory_model::tso, explore::memory_model::rc11}) {
    for (const checks::program_entry& entry : harness::explore_programs()) {
      CAPTURE(entry.info->name);
      const auto result = harness::explore_checker{}.check(
          *entry.info, {.search = explore::search::exhaustive, .models = {model}}, {});
      CAPTURE(result.guarantee);
      CHECK(to_spare * result.events <= harness::usual_events);
      if (!shows(*entry.info, model)) {
        CHECK(result.verdict == verdict::unknown);
        continue;
      }
      CHECK(result.verdict == (entry.info->known ? verdict::known : verdict::pass));
      CHECK_FALSE(result.proof.empty());
      CHECK(result.finding.has_value() == entry.info->known.has_value());
      if (result.finding) CHECK_FALSE(result.finding->steps.empty());
    }
  }
}

TEST_CASE("explore reaches every final state that Relacy does, and no other where Relacy ends") {
  std::size_t compared = 0;
  for (const checks::program_entry& entry : harness::explore_programs()) {
    if (entry.info->known) continue;
    CAPTURE(entry.info->name);
    const auto states = [](const report::result& of) {
      std::set<std::string> set;
      for (const report::outcome& outcome : of.outcomes) set.insert(outcome.state);
      return set;
    };
    // What takes Relacy longer is left out.
    const auto by_relacy =
        check(*entry.info, {.search = explore::search::exhaustive, .executions = 5'000});
    const auto by_explore = harness::explore_checker{}.check(*entry.info, {}, {});
    if (by_relacy.verdict == verdict::pass) {
      CHECK(states(by_explore) == states(by_relacy));
      ++compared;
    }
    CHECK(std::ranges::includes(states(by_explore), states(by_relacy)));
  }
  CHECK(compared > 0);
}

TEST_CASE("Relacy judges every scenario as it declares") {
  for (const checks::program_entry& entry : harness::explore_programs()) {
    CAPTURE(entry.info->name);
    if (!entry.info->known) {
      const auto result =
          check(*entry.info, {.executions = harness::quick_relacy_executions / to_spare});
      CAPTURE(result.guarantee);
      CHECK(result.verdict == verdict::pass);
      continue;
    }
    const auto result =
        check(*entry.info, {.executions = harness::usual_relacy_executions / to_spare});
    CAPTURE(result.guarantee);
    CHECK(result.verdict == verdict::known);
    CHECK(result.executions > 0);
    REQUIRE(result.finding);
    CHECK_FALSE(result.replay.empty());
  }
}

TEST_CASE("the subjects have the same scenarios, each name once, at least 25") {
  std::set<std::string_view> names;
  const harness::programs on_relacy = tests::all_programs(harness::scenario_subject::relacy_model);
  const harness::programs on_std = tests::all_programs(harness::scenario_subject::threaded_model);
  for (const checks::program_entry& entry : harness::explore_programs()) {
    CHECK_MESSAGE(names.insert(entry.info->name).second, entry.info->name);
    for (const harness::programs& programs : {on_relacy, on_std}) {
      const checks::scenario_info& info = *programs.find(entry.info->name).info;
      CHECK(info.nr_tasks() == entry.info->nr_tasks());
      CHECK(info.known.has_value() == entry.info->known.has_value());
    }
  }
  CHECK(names.size() >= 25);
}

TEST_CASE("a full search that ends says so, and that its pass is bounded") {
  const auto result =
      check(scenario_named("page_counter/charge_charge"), {.search = explore::search::exhaustive});
  CHECK(result.verdict == verdict::pass);
  CHECK(result.guarantee == "nothing found (Relacy full search, stale reads bounded)");
  REQUIRE(result.outcomes.size() == 1);
  CHECK(result.outcomes[0].state == "root: usage=3 | child: usage=3");
  CHECK(result.outcomes[0].count == result.executions);
}

TEST_CASE("a full search that runs out of its budget is unknown, not a pass") {
  for (const harness::options& how :
       {harness::options{.search = explore::search::exhaustive, .executions = 1000},
        harness::options{.time = std::chrono::milliseconds(1),
                         .search = explore::search::exhaustive}}) {
    const auto result = check(scenario_named("page_counter_stock/two_owners_one_drainer"), how);
    CHECK(result.verdict == verdict::unknown);
    CHECK(result.reach == reach::cut);
  }
}

TEST_CASE("Relacy makes as many executions as it may, and the same ones each time") {
  const auto result = check(scenario_named("page_counter_stock/two_owners_one_drainer"),
                            {.search = explore::search::exhaustive, .executions = 1000});
  CHECK(result.executions == 1000);
}

TEST_CASE("a bounded search that misses a known property is unknown, however it ended") {
  const auto& scenario = scenario_named("page_counter/watermark_below_peak");
  for (const std::uint64_t executions : {2UL, 100'000UL}) {
    const auto result = check(
        scenario, {.search = explore::search::preemptions, .bound = 0, .executions = executions});
    CAPTURE(result.guarantee);
    CHECK(result.verdict == verdict::unknown);
  }
}

TEST_CASE("an automatic search falls back to the deepest bound that the budget allows") {
  const auto result =
      check(scenario_named("page_counter_stock/two_owners_one_drainer"), {.executions = 50'000});
  CHECK(result.verdict == verdict::pass);
  CHECK(result.guarantee.find("preemptions") != std::string::npos);
}

TEST_CASE("a random search is determined by its seed") {
  const auto& scenario = scenario_named("page_counter/watermark_below_peak");
  const harness::options how{.search = explore::search::uniform, .executions = 100000, .seed = 11};
  const auto once = check(scenario, how);
  const auto again = check(scenario, how);
  CHECK(once.verdict == verdict::known);
  CHECK(once.executions == again.executions);
  CHECK(once.finding == again.finding);
}

TEST_CASE("a counterexample names locations, lines and the stale read") {
  const auto result = check(scenario_named("page_counter/set_max_refused"), {});
  REQUIRE(result.finding);
  CHECK(result.finding->what == "set_max failed although the usage fits");
  CHECK(result.finding->numbers[0] == report::number{"set_max", -16});
  REQUIRE_FALSE(result.finding->steps.empty());
  const auto& step = result.finding->steps.front();
  CHECK(step.what.find("root.") != std::string::npos);
  CHECK(step.at.file == "model/memcg/page_counter.hpp");
  CHECK(step.at.line > 0);
}
