// SPDX-License-Identifier: GPL-2.0-only
#include "harness/threads/threads_checker.hpp"
#include "harness/explore/explore_checker.hpp"
#include "harness/programs.hpp"
#include "harness/relacy/relacy_checker.hpp"
#include "tests/harness/compiled_programs.hpp"

#include <doctest/doctest.h>

using namespace stockcheck;
using tests::programs_with;

namespace {

using subject = harness::scenario_subject;

const checks::scenario_info& scenario_named(std::string_view name) {
  return *harness::find_program(harness::explore_programs(), name).info;
}

report::result check(std::string_view name, const harness::options& how) {
  return harness::threads_checker{programs_with(subject::threaded_model, name)}.check(
      scenario_named(name), how, {});
}

harness::options rounds(std::uint64_t n) {
  return {.time = std::chrono::seconds(60), .executions = n, .seed = 3};
}

}  // namespace

TEST_CASE("a passing record has the memory models that its checker says it explores") {
  constexpr const char* name = "page_counter/last_page";
  harness::threads_checker threads{programs_with(subject::threaded_model, name)};
  harness::relacy_checker relacy{programs_with(subject::relacy_model, name)};
  harness::explore_checker explore;
  for (harness::checker* const by :
       {static_cast<harness::checker*>(&threads), static_cast<harness::checker*>(&relacy),
        static_cast<harness::checker*>(&explore)})
    for (const auto& models :
         {std::vector{explore::memory_model::sc}, harness::all_memory_models()}) {
      CAPTURE(by->name());
      harness::options how = rounds(100);
      how.models = models;
      const report::result result = by->check(scenario_named(name), how, {});
      CHECK(result.verdict == verdict::pass);
      CHECK(result.model == by->models(how));
    }
}

TEST_CASE("the rounds asked for are run and their final states counted") {
  const auto result = check("page_counter/last_page", rounds(2000));
  CHECK(result.verdict == verdict::pass);
  CHECK(result.executions == 2000);
  std::uint64_t counted = 0;
  for (const report::outcome& outcome : result.outcomes) counted += outcome.count;
  CHECK(counted == 2000);
}

TEST_CASE("three tasks on one CPU of the model run on real threads") {
  CHECK(check("page_counter_stock/two_owners_one_drainer", rounds(500)).verdict == verdict::pass);
  CHECK(check("page_counter_stock/same_cpu", rounds(500)).verdict == verdict::pass);
}

TEST_CASE("what is known of a scenario is reported with its numbers") {
  // A single task finds this in every round.
  const auto result = check("page_counter/watermark_of_failed_charge", rounds(2000));
  CHECK(result.verdict == verdict::known);
  CHECK(result.guarantee == "real threads, 2000 of 2000 rounds");
  REQUIRE(result.finding);
  CHECK(result.finding->numbers[0] == report::number{"watermark", 5});
}

TEST_CASE("no round says nothing, also about what is known") {
  for (const char* name : {"page_counter/charge_charge", "page_counter/false_refusal"}) {
    const auto result = check(name, {.time = std::chrono::seconds(0)});
    CHECK(result.executions == 0);
    CHECK(result.verdict == verdict::unknown);
    CHECK(result.guarantee.starts_with("nothing was executed; "));
  }
}

TEST_CASE("the time ends the rounds") {
  const auto result =
      check("page_counter/charge_charge", {.time = std::chrono::milliseconds(20), .seed = 1});
  CHECK(result.verdict == verdict::pass);
  CHECK(result.executions > 0);
}

TEST_CASE("scenarios that are known to corrupt memory are left to model checkers") {
  const harness::threads_checker checker{harness::programs{}};
  CHECK(checker.can_check(scenario_named("page_counter/last_page")));
  CHECK_FALSE(checker.can_check(scenario_named("page_counter_stock/free_against_charger")));
}
