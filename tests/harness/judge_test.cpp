// SPDX-License-Identifier: GPL-2.0-only
#include "harness/judge.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <utility>

using namespace stockcheck;

namespace {

/// A checker that does nothing.
class idle_checker final : public harness::checker {
 public:
  [[nodiscard]] std::string_view name() const override { return "idle"; }
  [[nodiscard]] bool can_check(const checks::scenario_info&) const override { return true; }
  [[nodiscard]] bool can_search(std::optional<explore::search>) const override { return true; }
  [[nodiscard]] unsigned processors(const checks::scenario_info&) const override { return 1; }
  [[nodiscard]] report::result check(const checks::scenario_info&, const harness::options&,
                                     const harness::progress_sink&) override {
    return {};
  }
};

constexpr checks::scenario_info sound{
    .name = "a/sound", .summary = "", .task_list = {{{"works"}, {"rests", {1, 2}}}}};
constexpr checks::scenario_info flawed{.name = "a/flawed",
                                       .summary = "",
                                       .task_list = {{{"works"}}},
                                       .known = checks::known_property{oracle::scenario, "a-test"}};
constexpr checks::scenario_info raced{.name = "a/raced",
                                      .summary = "",
                                      .task_list = {{{"works"}}},
                                      .known = checks::known_property{oracle::memory, "a-test"}};

/// A run of seven executions that got so far and found something or not. Whatever has the oracle
/// that the scenario declares is known.
report::result seen(const checks::scenario_info& scenario, std::optional<oracle> found,
                    reach so_far) {
  report::result result = harness::begin_record(idle_checker{}, scenario, {});
  result.executions = 7;
  result.reach = so_far;
  result.guarantee = "nothing found";
  if (found && scenario.known && scenario.known->kind == *found)
    result.known_findings.push_back({.finding = {.kind = *found}, .known = *result.known});
  else if (found)
    result.finding = report::finding{.kind = *found};
  return result;
}

report::result judged(const checks::scenario_info& scenario, std::optional<oracle> found,
                      reach so_far) {
  report::result result = seen(scenario, found, so_far);
  harness::judge(result, scenario);
  return result;
}

report::race race_of(const char* signature, bool is_known) {
  report::race race{.finding = {.kind = oracle::memory, .signature = signature}};
  if (is_known) race.known = report::known_reference{"R1", "the kernel lives with it"};
  return race;
}

}  // namespace

TEST_CASE("a finding counts however far the run got") {
  for (const reach so_far : {reach::complete, reach::bounded, reach::sampled, reach::cut}) {
    CHECK(judged(sound, oracle::leak, so_far).verdict == verdict::fail);
    CHECK(judged(flawed, oracle::leak, so_far).verdict == verdict::fail);
  }
}

TEST_CASE("what is known is known once the search behind it came to its end") {
  for (const reach so_far : {reach::complete, reach::bounded, reach::sampled}) {
    const auto known = judged(flawed, oracle::scenario, so_far);
    CHECK(known.verdict == verdict::known);
    REQUIRE(known.finding);
    CHECK(known.finding->kind == oracle::scenario);
    CHECK_FALSE(known.passed_over);
  }
  const auto cut = judged(flawed, oracle::scenario, reach::cut);
  CHECK(cut.verdict == verdict::unknown);
  CHECK_FALSE(cut.finding);
  CHECK(cut.passed_over);
  CHECK(cut.guarantee ==
        "what lies behind the known property was not searched to its end: nothing found");
}

TEST_CASE("a finding behind what is known fails, and both are kept") {
  report::result result = seen(flawed, oracle::scenario, reach::complete);
  result.finding = report::finding{.kind = oracle::scenario, .what = "another one"};
  harness::judge(result, flawed);
  CHECK(result.verdict == verdict::fail);
  CHECK(result.finding->what == "another one");
  CHECK(result.passed_over);
}

TEST_CASE("what is known of the code is known, but does not stand for what a scenario declares") {
  const report::known_finding of_code{.finding = {.kind = oracle::leak},
                                      .known = {"C1", "the kernel does that"}};
  report::result result = seen(sound, std::nullopt, reach::complete);
  result.known_findings.push_back(of_code);
  harness::judge(result, sound);
  CHECK(result.verdict == verdict::known);
  CHECK(result.known == of_code.known);

  result = seen(flawed, std::nullopt, reach::complete);
  result.known_findings.push_back(of_code);
  harness::judge(result, flawed);
  CHECK(result.verdict == verdict::fail);
  CHECK(result.guarantee.starts_with("no longer found"));
}

TEST_CASE("without a finding a run passes unless it was cut") {
  for (const reach so_far : {reach::complete, reach::bounded, reach::sampled})
    CHECK(judged(sound, std::nullopt, so_far).verdict == verdict::pass);
  CHECK(judged(sound, std::nullopt, reach::cut).verdict == verdict::unknown);
}

TEST_CASE("a kernel passes without the property that is declared, and says so") {
  report::result result = judged(flawed, std::nullopt, reach::complete);
  harness::judge_of_kernel(result, flawed, true);
  CHECK(result.verdict == verdict::pass);
  CHECK(result.guarantee.starts_with("no longer found, although known"));
  result = judged(flawed, std::nullopt, reach::complete);
  harness::judge_of_kernel(result, flawed, false);
  CHECK(result.verdict == verdict::pass);
  CHECK(result.guarantee.starts_with("not known of this release: no longer found, although known"));
  result = judged(flawed, std::nullopt, reach::cut);
  harness::judge_of_kernel(result, flawed, true);
  CHECK(result.verdict == verdict::unknown);
  result = judged(flawed, oracle::leak, reach::complete);
  harness::judge_of_kernel(result, flawed, true);
  CHECK(result.verdict == verdict::fail);
}

TEST_CASE("only a complete search may say that a known property is gone") {
  const auto gone = judged(flawed, std::nullopt, reach::complete);
  CHECK(gone.verdict == verdict::fail);
  CHECK(gone.guarantee.starts_with("no longer found, although known: a-test: "));
  CHECK(gone.guarantee.ends_with("; nothing found"));
  for (const reach so_far : {reach::bounded, reach::cut}) {
    const auto missed = judged(flawed, std::nullopt, so_far);
    CHECK(missed.verdict == verdict::unknown);
    CHECK(missed.guarantee.starts_with("known: a-test: "));
    CHECK(missed.guarantee.ends_with(" did not show; nothing found"));
  }
}

TEST_CASE("where chance decides what is seen a known property stays known") {
  const auto missed = judged(flawed, std::nullopt, reach::sampled);
  CHECK(missed.verdict == verdict::known);
  CHECK(missed.guarantee.starts_with("known: a-test: "));
  CHECK(missed.guarantee.ends_with(" did not show; nothing found"));
}

TEST_CASE("a run that executed nothing is unknown") {
  for (const checks::scenario_info* scenario : {&sound, &flawed})
    for (const reach so_far : {reach::complete, reach::bounded, reach::sampled, reach::cut}) {
      report::result result = seen(*scenario, std::nullopt, so_far);
      result.executions = 0;
      harness::judge(result, *scenario);
      CHECK(result.verdict == verdict::unknown);
      CHECK(result.guarantee == "nothing was executed; nothing found");
    }
}

TEST_CASE("a crash before the end of the first execution is a finding all the same") {
  report::result result = seen(sound, oracle::memory, reach::cut);
  result.executions = 0;
  harness::judge(result, sound);
  CHECK(result.verdict == verdict::fail);
}

TEST_CASE("a run in which what it is about did not happen is unknown") {
  for (const checks::scenario_info* scenario : {&sound, &flawed}) {
    report::result result = seen(*scenario, std::nullopt, reach::sampled);
    result.missing = "no interrupt came";
    harness::judge(result, *scenario);
    CHECK(result.verdict == verdict::unknown);
    CHECK(result.guarantee == "no interrupt came in 7 executions; nothing found");
  }
}

TEST_CASE("what could not be run says why, and has found nothing") {
  report::result result = seen(sound, oracle::leak, reach::cut);
  harness::judge_unknown(result, "another one each time");
  CHECK(result.verdict == verdict::unknown);
  CHECK_FALSE(result.finding);
  CHECK(result.guarantee == "another one each time");
  harness::judge_skipped(result, "stocks");
  CHECK(result.verdict == verdict::skipped);
  CHECK(result.guarantee == "this kernel has no stocks");
}

TEST_CASE("only a failure becomes known, and only if it is") {
  const report::known_reference why{"K1", "the kernel does that"};
  report::result result = judged(sound, oracle::leak, reach::complete);
  harness::judge_known(result, std::nullopt);
  CHECK(result.verdict == verdict::fail);
  harness::judge_known(result, why);
  CHECK(result.verdict == verdict::known);
  CHECK(result.known == why);
  report::result passed = judged(sound, std::nullopt, reach::complete);
  harness::judge_known(passed, why);
  CHECK(passed.verdict == verdict::pass);
}

TEST_CASE("a new race outweighs a pass, what is known, and a search that was cut") {
  for (const auto& [scenario, found, so_far] :
       {std::tuple{&sound, std::optional<oracle>{}, reach::complete},
        std::tuple{&sound, std::optional<oracle>{}, reach::cut},
        std::tuple{&flawed, std::optional{oracle::scenario}, reach::complete}}) {
    report::result result = judged(*scenario, found, so_far);
    result.races = {race_of("data race: max", true), race_of("data race: usage", false)};
    harness::judge_races(result, *scenario);
    CHECK(result.verdict == verdict::fail);
    REQUIRE(result.finding);
    CHECK(result.finding->signature == "data race: usage");
    CHECK(result.passed_over.has_value() == found.has_value());
  }
}

TEST_CASE("known races make a pass known, and nothing else") {
  const auto with_race = [](const checks::scenario_info& scenario, std::optional<oracle> found,
                            reach so_far) {
    report::result result = judged(scenario, found, so_far);
    result.races = {race_of("data race: max", true)};
    harness::judge_races(result, scenario);
    return result;
  };
  const auto passed = with_race(sound, std::nullopt, reach::complete);
  CHECK(passed.verdict == verdict::known);
  CHECK(passed.known->id == "R1");
  CHECK(with_race(sound, std::nullopt, reach::cut).verdict == verdict::unknown);
  CHECK(with_race(sound, oracle::leak, reach::complete).verdict == verdict::fail);
  CHECK(with_race(flawed, oracle::scenario, reach::complete).known->id == "a-test");
}

TEST_CASE("the races of a scenario that declares a misuse of memory are that") {
  report::result result = judged(raced, std::nullopt, reach::complete);
  CHECK(result.verdict == verdict::fail);  // until the races are looked at
  result.races = {race_of("data race: list", false)};
  harness::judge_races(result, raced);
  CHECK(result.verdict == verdict::known);
  CHECK(result.known->id == "a-test");

  report::result without = judged(raced, std::nullopt, reach::complete);
  harness::judge_races(without, raced);
  CHECK(without.verdict == verdict::fail);
}

TEST_CASE("a difference fails unless it is known") {
  const report::known_reference why{"D1", "the model is another one there"};
  report::result result = seen(sound, std::nullopt, reach::complete);
  harness::judge_difference(result, why);
  CHECK(result.verdict == verdict::pass);
  result.finding = report::finding{.kind = oracle::scenario};
  harness::judge_difference(result, std::nullopt);
  CHECK(result.verdict == verdict::fail);
  harness::judge_difference(result, why);
  CHECK(result.verdict == verdict::known);

  report::result with_known = seen(sound, std::nullopt, reach::complete);
  with_known.known_findings.push_back({.finding = {.kind = oracle::leak}, .known = why});
  harness::judge_difference(with_known, std::nullopt);
  CHECK(with_known.verdict == verdict::known);
  with_known.finding = report::finding{.kind = oracle::scenario};
  harness::judge_difference(with_known, std::nullopt);
  CHECK(with_known.verdict == verdict::fail);
  CHECK(with_known.passed_over->kind == oracle::leak);
}

TEST_CASE("a record begins with the scenario, its tasks and the seed, and is unknown") {
  const auto record = harness::begin_record(idle_checker{}, sound, {.seed = 7});
  CHECK(record.scenario == "a/sound");
  CHECK(record.checker == "idle");
  CHECK(record.seed == 7);
  CHECK(record.verdict == verdict::unknown);
  CHECK(record.reach == reach::cut);
  CHECK(record.tasks == std::vector<std::string>{"works on cpu 0", "rests on cpu 1, may migrate"});
}
