#include "checkers/kernel_checker.hpp"

#include "checkers/behind_known.hpp"
#include "checkers/known_catalogue.hpp"
#include "source/subject/endless_loop_watch.hpp"
#include "source/subject/explored_memory.hpp"
#include "source/subject/kernel_object.hpp"

#include <algorithm>
#include <utility>

namespace stockcheck::checkers {

namespace {

/// A race is a finding like any other, once nothing else was found. Where a scenario declares a
/// misuse of memory as known, that is it.
void judge_races(report::result& result, const checks::scenario_info& scenario) {
  auto& races = result.races;
  const bool may_race = scenario.known && scenario.known->kind == oracle::memory;
  if (may_race)
    for (report::race& race : races) race.known = result.known;
  if (may_race && !result.finding && !races.empty()) result.verdict = report::verdict::pass;
  if (result.verdict != report::verdict::pass) return;
  const auto news = std::ranges::find_if(races, [](const auto& race) { return !race.known; });
  if (news != races.end()) {
    result.verdict = report::verdict::fail;
    result.finding = news->finding;
  } else if (!races.empty()) {
    result.verdict = report::verdict::known;
    result.finding = races.front().finding;
    result.known = races.front().known;
  }
}

}  // namespace

report::result kernel_checker::check(const checks::scenario_info& scenario, const options& how,
                                     const progress_sink& sink) {
  const source::kernel_object loaded(object(), source::explored_platform());
  const source::endless_loop_watch watch;
  race_collector races;
  explore_checker inner = explorer(races);
  report::result result = inner.check(scenario, how, sink);
  const auto known = shipped_catalogue().failure(result, release());
  if (known) {
    result.verdict = report::verdict::known;
    result.known = known;
  }
  const bool promise_is_known =
      result.verdict == report::verdict::known && result.finding->kind == oracle::scenario;
  if (known || promise_is_known) {
    result = look_behind(std::move(result), inner, scenario, how, sink);
    // It may be what comes of the same.
    if (const auto also_known = shipped_catalogue().failure(result, release())) {
      result.verdict = report::verdict::known;
      result.known = also_known;
    }
  }
  result.races = races.take();
  result.functions = loaded.functions_run();
  judge_races(result, scenario);
  return result;
}

}  // namespace stockcheck::checkers
