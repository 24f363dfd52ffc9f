// SPDX-License-Identifier: GPL-2.0-only
#include "harness/explore/explore_watch.hpp"

#include "explore/operations.hpp"
#include "harness/explore/explore_finding.hpp"
#include "harness/explore/explore_trace.hpp"
#include "harness/outcomes.hpp"
#include "model/atomics/explore_atomics.hpp"
#include "report/finding_of.hpp"
#include "report/identity.hpp"

#include <algorithm>
#include <utility>

namespace stockcheck::harness {

namespace {

using explore::finding_kind;

constexpr std::chrono::milliseconds report_period{200};

std::uint64_t estimated(std::uint64_t executions, double explored) {
  constexpr double too_little_to_tell = 1e-9;
  if (explored < too_little_to_tell) return 0;
  return static_cast<std::uint64_t>(static_cast<double>(executions) / explored);
}

/// Tells the kinds that may be a property of an algorithm. The others say that the code under test,
/// or what runs it, went astray.
bool may_be_known(finding_kind kind) {
  switch (kind) {
    case finding_kind::data_race:
    case finding_kind::use_after_free:
    case finding_kind::unpublished:
    case finding_kind::double_free:
    case finding_kind::leak:
    case finding_kind::uninitialised_read:
    case finding_kind::deadlock:
    case finding_kind::no_progress: return true;
    default: return false;
  }
}

}  // namespace

explore_watch::explore_watch(const explore_request& request, outcome_reader outcome_of,
                             const progress_sink& sink)
    : request_(request),
      outcome_of_(std::move(outcome_of)),
      sink_(sink),
      next_report_(clock::now() + report_period) {
  explore_atomics::judge() = this;
}

explore_watch::~explore_watch() { explore_atomics::judge() = nullptr; }

void explore_watch::completed(explore::engine_program& settled, const explore::execution_graph&) {
  count& ended = outcomes_[outcome_of_(settled)];
  ++ended.all;
  if (is_known_) ++ended.known;
  if (is_known_of_code_) ++ended.known_of_code;
}

bool explore_watch::goes_on(const explore::exploration_progress& so_far) {
  const clock::time_point now = clock::now();
  if (sink_ && now >= next_report_) {
    next_report_ = now + report_period;
    const std::uint64_t executions = so_far.complete + so_far.blocked;
    sink_({executions, estimated(executions, so_far.explored)});
  }
  return !request_.deadline || !request_.deadline->is_over();
}

// Expectations ------------------------------------------------------------------------------------

/// Where memory is misused, an execution is judged when it is known whether it was.
bool explore_watch::goes_on_behind(const failed_expectation& failed) {
  if (request_.without == failed.kind) return true;
  const std::size_t number = sight_of(failed);
  const sight& seen = expectations_[number];
  if (!seen.known && !request_.how.behind_misuse) return false;
  if (seen.known) is_known_ = true;
  if (is_of_code(seen)) is_known_of_code_ = true;
  explore::note(number);
  return true;
}

std::size_t explore_watch::sight_of(const failed_expectation& failed) {
  report::finding found = report::finding_of(failed);
  const auto same = std::ranges::find_if(expectations_, [&](const sight& one) {
    return one.finding.what == found.what && one.finding.kind == found.kind &&
           one.finding.numbers == found.numbers;
  });
  if (same != expectations_.end()) return static_cast<std::size_t>(same - expectations_.begin());
  expectations_.push_back(judged(std::move(found)));
  return expectations_.size() - 1;
}

bool explore_watch::noted(std::size_t number, const shower& show) {
  sight& seen = expectations_[number];
  if (!seen.known) {
    failed_ = seen.finding;
    return false;
  }
  if (!std::exchange(seen.is_shown, true)) {
    seen.finding.steps = steps_of(show());
    keep(seen);
  }
  return true;
}

// What the engine finds ---------------------------------------------------------------------------

bool explore_watch::found(const explore::engine_finding& what,
                          const explore::execution_graph& graph, const shower& show) {
  if (what.kind == finding_kind::assertion) {
    const auto& failed = explore_atomics::failed();
    if (!failed || what.what != failed->what) return false;
    // The code cannot go on there, but other executions can.
    const std::size_t number = sight_of(*failed);
    if (expectations_[number].known) return noted(number, show);
    failed_ = expectations_[number].finding;
    return false;
  }
  if (request_.without == oracle_of(what.kind)) return true;
  if (request_.expected == nullptr || !may_be_known(what.kind)) return false;
  if (request_.ends_at_races && what.kind == finding_kind::data_race) return false;
  return sight_of(what, graph, show).known.has_value();
}

explore_watch::sight& explore_watch::sight_of(const explore::engine_finding& what,
                                              const explore::execution_graph& graph,
                                              const shower& show) {
  key told{what.kind, what.at.file, what.at.line, {}};
  for (const explore::event_id id : what.events) {
    if (id.is_none() || id.is_initial() || id.index >= graph.size(id.thread)) continue;
    const explore::event& e = graph[id];
    for (const std::size_t part : {std::size_t{id.thread}, std::size_t{id.index},
                                   static_cast<std::size_t>(e.op), std::size_t{e.location}})
      std::get<3>(told).push_back(part);
  }
  if (const auto seen = others_.find(told); seen != others_.end()) return seen->second;
  const explore::counterexample shown = show();
  sight seen = judged(finding_of(what, shown));
  if (seen.known) keep(seen);
  return others_.emplace(std::move(told), std::move(seen)).first->second;
}

void explore_watch::keep(const sight& seen) {
  report::keep_one_of_each(known_, {seen.finding, *seen.known});
}

explore_watch::sight explore_watch::judged(report::finding found) const {
  sight seen{.finding = std::move(found)};
  if (request_.expected != nullptr) seen.known = request_.expected->find(seen.finding);
  return seen;
}

bool explore_watch::is_of_code(const sight& one) const {
  const auto& declared = request_.program->info->known;
  return one.known && (!declared || one.known->id != declared->id);
}

void explore_watch::report_to(explore_report& report) {
  // The executions of the others ended with something else, which is shown.
  for (const sight& seen : expectations_)
    if (seen.known && !seen.is_shown) keep(seen);
  report.failed = failed_;
  report.known = known_;
  for (const auto& [state, ended] : outcomes_)
    report.outcomes.push_back({text_of(state), ended.all, ended.known, ended.known_of_code});
  report.outcomes = in_order(std::move(report.outcomes));
}

}  // namespace stockcheck::harness
