#include "checkers/kernel_checker.hpp"

#include "checkers/explore_checker.hpp"
#include "checkers/judge.hpp"
#include "checkers/known_of_kernel.hpp"
#include "checkers/programs.hpp"
#include "checkers/race_collector.hpp"
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

kernel_checker::kernel_checker(std::filesystem::path object, std::string subject,
                               std::string command)
    : object_(std::move(object)), subject_(std::move(subject)), command_(std::move(command)) {}

bool kernel_checker::can_check(const checks::scenario_info& scenario) const {
  return std::ranges::any_of(kernel_programs(),
                             [&](const auto& entry) { return entry.info->name == scenario.name; });
}

report::result kernel_checker::check(const checks::scenario_info& scenario, const options& how,
                                     const progress_sink& sink) {
  const source::kernel_object object(object_, source::explored_memory());
  race_collector races;
  explore_checker inner(kernel_programs(), command_,
                        [&races](const explore_report& report) { return races.add(report); });
  report::result result = inner.check(scenario, how, sink);
  const auto known = known_of_kernel(result);
  if (known) {
    result.verdict = report::verdict::known;
    result.known = known;
  }
  const bool promise_is_known =
      result.verdict == report::verdict::known && result.finding->kind == oracle::scenario;
  if (known || promise_is_known) {
    // What is known ends the search: what lies behind it?
    options past_it = how;
    past_it.without = result.finding->kind;
    report::result rest = inner.check(scenario, past_it, sink);
    if (rest.finding) result = std::move(rest);
  }
  result.subject = subject_;
  result.races = races.take();
  result.functions = object.functions_run();
  judge_races(result, scenario);
  return result;
}

}  // namespace stockcheck::checkers
