// SPDX-License-Identifier: GPL-2.0-only
#include "harness/explore/explore_checker.hpp"

#include "harness/explore/explore_finding.hpp"
#include "harness/explore/explore_walk.hpp"
#include "harness/judge.hpp"
#include "kernel_source/run/endless_loop_watch.hpp"
#include "report/identity.hpp"
#include "report/quantity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace stockcheck::harness {

namespace {

using clock = std::chrono::steady_clock;

std::uint64_t drawn(profile much) { return much == profile::quick ? 100'000 : 5'000'000; }

/// The options that differ from the usual ones. What a longer search found takes as many executions
/// to find again.
std::string further_options(const options& how, std::uint64_t executions) {
  std::string text;
  if (how.models != options{}.models)
    text += fmt::format(" --memory-model {}", option_of(how.models));
  if (how.events == 0 || how.events > usual_events)
    text += fmt::format(" --executions {}", executions);
  return text;
}

template <class Walks, class Text>
std::string joined(const Walks& walks, std::string_view separator, Text text) {
  std::string all;
  for (const explore_walk& walk : walks)
    all += fmt::format("{}{}", all.empty() ? "" : separator, text(walk));
  return all;
}

std::string model_names(const std::vector<explore_walk>& walks) {
  return joined(walks, ", ", [](const explore_walk& walk) { return words_of(walk.model()).title; });
}

bool may_be_made_again(const explore_walk& walk) {
  const auto& finding = walk.last().exploration.finding;
  return finding && (finding->kind == explore::finding_kind::data_race ||
                     finding->kind == explore::finding_kind::mixed_widths);
}

/// One walk after the other, with equal shares of the time but all the events, until something is
/// found.
std::vector<explore_walk> walk_all(const checks::program_entry& program, const options& how,
                                   const expected_findings& expected,
                                   const explore_checker::race_sink& races,
                                   const progress_sink& sink) {
  const std::vector<explore::memory_model>& models = how.models;
  const auto share = how.time / static_cast<double>(models.size());
  std::vector<explore_walk> walks;
  for (const explore::memory_model model : models) {
    const processor_deadline deadline(share);
    const auto walk = [&] {
      walks.emplace_back(program, how, expected, races != nullptr, model, deadline, sink);
      walks.back().run();
    };
    walk();
    while (may_be_made_again(walks.back()) && races && races(walks.back().last())) {
      walks.pop_back();
      walk();
    }
    if (walks.back().last().exploration.finding) break;
  }
  return walks;
}

void add_counts(report::result& to, const std::vector<explore_walk>& walks) {
  for (const explore_walk& walk : walks) {
    to.executions += walk.executions();
    to.events += walk.events();
    to.complete += walk.complete();
    to.blocked += walk.blocked();
    to.known_executions += walk.known_executions();
    for (const report::known_finding& seen : walk.known())
      report::keep_one_of_each(to.known_findings, seen);
  }
}

/// Describes what the last of the walks found; the walks before it found nothing.
void describe_finding(report::result& result, std::vector<explore_walk> walks) {
  const explore_walk last = std::move(walks.back());
  walks.pop_back();
  result.finding = finding_of(last.last());
  result.guarantee =
      fmt::format("{}, execution {}", words_of(last.model()).title, last.executions());
  if (!walks.empty())
    result.guarantee += fmt::format("; nothing found under {}", model_names(walks));
}

/// Says how far walks that found nothing reach. What a stronger memory model forbids was left out.
reach reach_of(const std::vector<explore_walk>& walks, const options& how) {
  if (!std::ranges::all_of(walks, &explore_walk::is_done)) return reach::cut;
  if (how.search && words_of(*how.search).is_random) return reach::sampled;
  const bool weakest =
      std::ranges::find(how.models, explore::memory_models.back().model) != how.models.end();
  return weakest && std::ranges::all_of(walks, &explore_walk::is_proof) ? reach::complete
                                                                        : reach::bounded;
}

}  // namespace

/// What finds something again.
std::string explore_checker::command_for(std::string_view scenario, std::string_view search,
                                         const options& how, std::uint64_t executions) const {
  if (!command_.empty()) return fmt::format("{} '{}'", command_, scenario);
  return fmt::format("{} --checker explore{}{}{}", check_command(scenario, how),
                     search.empty() ? "" : " ", search, further_options(how, executions));
}

options explore_checker::with_work(profile much, const checks::scenario_info& /*on*/,
                                   options how) const {
  how.events = much == profile::quick ? usual_events : 100 * usual_events;
  if (how.search && words_of(*how.search).is_random) how.executions = drawn(much);
  return how;
}

std::string explore_checker::work_text(profile much) {
  if (much != profile::quick) return "";
  return fmt::format("explore to its end, or {} random draws",
                     report::quantity_text(static_cast<double>(drawn(much))));
}

report::result explore_checker::check(const checks::scenario_info& scenario, const options& how,
                                      const progress_sink& sink) {
  report::result result = begin_record(*this, scenario, how);
  const kernel_source::endless_loop_watch watch;
  const clock::time_point started = clock::now();
  const expected_findings expected(scenario, known_, catalogue_);
  std::vector<explore_walk> walks =
      walk_all(programs_.find(scenario.name), how, expected, races_, sink);
  result.seconds = std::chrono::duration<double>(clock::now() - started).count();
  result.model = model_names(walks);
  add_counts(result, walks);
  result.outcomes = walks.back().last().outcomes;

  if (const auto& finding = walks.back().last().exploration.finding) {
    if (finding->kind == explore::finding_kind::nondeterministic) {
      judge_unknown(result, nondeterminism_of(walks.back().last()));
      return result;
    }
    if (finding->kind == explore::finding_kind::absent) {
      judge_skipped(result, finding->what);
      return result;
    }
    if (finding->kind == explore::finding_kind::unsupported) {
      judge_unchecked(result, finding->what);
      return result;
    }
    result.replay = command_for(scenario.name, walks.back().replay_options(), how,
                                walks.back().last().executions());
    describe_finding(result, std::move(walks));
  } else {
    result.guarantee = joined(walks, "; ", [](const auto& walk) { return walk.guarantee(); });
    result.reach = reach_of(walks, how);
    if (std::ranges::all_of(walks, &explore_walk::is_proof)) result.proof = result.model;
    if (!result.known_findings.empty())
      result.replay = command_for(scenario.name, "", how, result.executions);
  }
  judge(result, scenario);
  return result;
}

}  // namespace stockcheck::harness
