// SPDX-License-Identifier: GPL-2.0-only
#include "harness/judge.hpp"

#include "known/known_catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace stockcheck::harness {

namespace {

/// Says why nothing can be said of a run without a finding; empty if something can.
std::string why_unknown(const report::result& result) {
  if (result.executions == 0) return "nothing was executed";
  if (!result.missing.empty())
    return fmt::format("{} in {} {}", result.missing, result.executions,
                       result.executions == 1 ? "execution" : "executions");
  return "";
}

/// Judges a scenario whose known property did not show.
verdict verdict_without_known(reach reach) {
  switch (reach) {
    case reach::complete: return verdict::fail;
    case reach::sampled: return verdict::known;
    case reach::bounded:
    case reach::cut: break;
  }
  return verdict::unknown;
}

void judge_without_finding(report::result& result, const checks::scenario_info& scenario) {
  result.verdict = verdict::unknown;
  if (const std::string why = why_unknown(result); !why.empty()) {
    result.guarantee = fmt::format("{}; {}", why, result.guarantee);
    return;
  }
  if (!scenario.known) {
    if (result.reach != reach::cut) result.verdict = verdict::pass;
    return;
  }
  result.verdict = verdict_without_known(result.reach);
  const std::string known = text_of(known::shipped_catalogue().property(scenario.known->id));
  result.guarantee = result.verdict == verdict::fail
                         ? fmt::format("no longer found, although {}; {}", known, result.guarantee)
                         : fmt::format("{} did not show; {}", known, result.guarantee);
}

/// Judges a run that found nothing but what is known.
void judge_what_is_behind(report::result& result, const report::known_finding& shown) {
  result.known = shown.known;
  if (result.reach != reach::cut) {
    result.verdict = verdict::known;
    result.finding = shown.finding;
    return;
  }
  result.verdict = verdict::unknown;
  result.passed_over = shown.finding;
  result.guarantee = fmt::format(
      "what lies behind the known property was not searched to its end: {}", result.guarantee);
}

}  // namespace

report::result begin_record(const checker& by, const checks::scenario_info& scenario,
                            const options& how) {
  report::result record;
  record.scenario = scenario.name;
  record.checker = by.name();
  record.seed = how.seed;
  for (const checks::task_info& task : scenario.tasks())
    record.tasks.push_back(fmt::format("{} on cpu {}{}", task.does, task.where.cpu,
                                       task.where.migrations > 0 ? ", may migrate" : ""));
  if (scenario.known) record.known = known::shipped_catalogue().property(scenario.known->id);
  return record;
}

void judge(report::result& result, const checks::scenario_info& scenario) {
  const auto& known = result.known_findings;
  const auto shown = std::ranges::find_if(known, [&](const report::known_finding& one) {
    return !scenario.known || one.known.id == scenario.known->id;
  });
  if (result.finding) {
    result.verdict = verdict::fail;
    if (!known.empty()) result.passed_over = known.front().finding;
  } else if (shown == known.end()) {
    judge_without_finding(result, scenario);
  } else {
    judge_what_is_behind(result, *shown);
  }
}

void judge_unknown(report::result& result, std::string why) {
  result.verdict = verdict::unknown;
  result.finding.reset();
  result.guarantee = std::move(why);
}

void judge_skipped(report::result& result, std::string_view what) {
  result.verdict = verdict::skipped;
  result.finding.reset();
  result.guarantee = fmt::format("this kernel has no {}", what);
}

void judge_unchecked(report::result& result, std::string_view why) {
  result.verdict = verdict::unchecked;
  result.finding.reset();
  result.guarantee = fmt::format("could not be checked: {}", why);
}

void judge_known(report::result& result, const std::optional<report::known_reference>& known) {
  if (!known || result.verdict != verdict::fail) return;
  result.verdict = verdict::known;
  result.known = known;
}

void judge_races(report::result& result, const checks::scenario_info& scenario) {
  auto& races = result.races;
  if (races.empty() || (result.verdict == verdict::fail && result.finding)) return;
  const bool may_race = scenario.known && scenario.known->kind == oracle::memory;
  if (may_race)
    for (report::race& race : races) race.known = result.known;
  const auto news = std::ranges::find_if(races, [](const auto& race) { return !race.known; });
  if (news != races.end()) {
    if (result.verdict == verdict::known && !result.passed_over)
      result.passed_over = std::move(result.finding);
    result.verdict = verdict::fail;
    result.finding = news->finding;
  } else if (result.verdict == verdict::pass ||
             (may_race && !result.finding && result.reach != reach::cut)) {
    result.verdict = verdict::known;
    result.finding = races.front().finding;
    result.known = races.front().known;
  }
}

void judge_of_kernel(report::result& result, const checks::scenario_info& scenario,
                     bool is_known_of_release) {
  const bool misses_property = result.verdict == verdict::fail && !result.finding;
  if (!scenario.known || !misses_property) return;
  result.verdict = verdict::pass;
  if (!is_known_of_release) result.guarantee = "not known of this release: " + result.guarantee;
}

void judge_difference(report::result& result, const std::optional<report::known_reference>& known) {
  if (result.finding) {
    result.verdict = verdict::fail;
    if (!result.known_findings.empty()) result.passed_over = result.known_findings.front().finding;
    judge_known(result, known);
    return;
  }
  result.verdict = verdict::pass;
  if (!result.known_findings.empty()) judge_what_is_behind(result, result.known_findings.front());
}

}  // namespace stockcheck::harness
