// SPDX-License-Identifier: GPL-2.0-only
#include "harness/relacy/relacy_checker.hpp"

#include "harness/expected_findings.hpp"
#include "harness/judge.hpp"
#include "harness/relacy/relacy_history.hpp"
#include "harness/relacy/relacy_simulation.hpp"
#include "report/finding_of.hpp"
#include "report/quantity.hpp"

#include <fmt/format.h>

#include <limits>
#include <stdexcept>

namespace stockcheck::harness {

namespace {

using clock = std::chrono::steady_clock;

/// Relacy's random search is determined by the number of the execution alone, so that a seed is a
/// place to start; 2^24 executions apart.
std::uint64_t first_of(std::uint64_t seed) { return (seed << 24U) + 1; }

/// A walk through the executions of one scenario, perhaps by several strategies in turn.
class walk {
 public:
  walk(const checks::program_entry& program, const options& how, const progress_sink& sink)
      : program_(program), how_(how), sink_(sink) {}

  void run() {
    if (!how_.search) return automatic();
    switch (*how_.search) {
      case explore::search::exhaustive: full(1); break;
      case explore::search::preemptions: bounded(how_.bound); break;
      case explore::search::uniform: random(); break;
      default: throw std::logic_error("engine bug: a search that Relacy does not have");
    }
  }

  [[nodiscard]] const simulation_report& last() const { return last_; }
  [[nodiscard]] std::uint64_t executions() const { return executions_; }
  /// What was searched completely; empty if nothing was.
  [[nodiscard]] const std::string& guarantee() const { return guarantee_; }
  /// The options that find the failing execution again.
  [[nodiscard]] const std::string& replay_options() const { return replay_options_; }

 private:
  /// What needs no preemption, which is little and mostly enough for a finding; then half of the
  /// budget for a full search, which is worth most; if that is too little, all further bounds that
  /// fit into the rest.
  void automatic() {
    if (!deepen(0)) return;
    full(2);
    for (unsigned bound = 1; last_.end == simulation_end::cut && !is_spent(); ++bound)
      if (!deepen(bound)) return;
  }
  /// False when the walk is over.
  bool deepen(unsigned bound) {
    bounded(bound);
    if (last_.end != simulation_end::exhausted) return false;
    last_.end = simulation_end::cut;  // of what is to be searched
    return true;
  }

  /// With one of so many parts of the budget.
  void full(unsigned parts) {
    simulation_request request = request_for(explore::search::exhaustive);
    request.executions = (how_.executions + parts - 1) / parts;
    request.deadline = processor_deadline(how_.time / parts);
    simulate_as(request, "Relacy full search", "--search full");
  }
  void bounded(unsigned bound) {
    simulation_request request = request_for(explore::search::preemptions);
    request.context_bound = bound;
    simulate_as(request,
                fmt::format("Relacy, at most {} preemption{}", bound, bound == 1 ? "" : "s"),
                fmt::format("--search bound --bound {}", bound));
  }
  void random() {
    simulation_request request = request_for(explore::search::uniform);
    request.first = first_of(how_.seed);
    request.last = how_.executions == 0 ? std::numeric_limits<std::int64_t>::max()
                                        : request.first + how_.executions - 1;
    simulate_as(request, fmt::format("Relacy random search, seed {}", how_.seed),
                fmt::format("--search random --seed {}", how_.seed));
    if (last_.end != simulation_end::cut) return;
    if (how_.executions == 0) {
      // Drawing at random until the time is over is what was asked for.
      last_.end = simulation_end::exhausted;
      guarantee_ = fmt::format("Relacy random search, seed {}", how_.seed);
    }
  }

  [[nodiscard]] bool is_spent() const {
    return deadline_.is_over() || (how_.executions != 0 && executions_ >= how_.executions);
  }
  /// With what is left of the budget.
  [[nodiscard]] simulation_request request_for(explore::search strategy) const {
    const std::uint64_t left = how_.executions == 0 ? 0 : how_.executions - executions_;
    return {.program = &program_, .strategy = strategy, .executions = left, .deadline = deadline_};
  }
  void simulate_as(const simulation_request& request, std::string what, std::string options) {
    last_ = simulate(request, sink_);
    executions_ += last_.executions;
    if (last_.end == simulation_end::exhausted) guarantee_ = std::move(what);
    if (last_.end == simulation_end::failed) replay_options_ = std::move(options);
  }

  const checks::program_entry& program_;
  const options& how_;
  const progress_sink& sink_;
  processor_deadline deadline_{how_.time};
  simulation_report last_;
  std::uint64_t executions_ = 0;
  std::string guarantee_;
  std::string replay_options_;
};

/// What a longer search found takes as many executions to find again.
std::string executions_option(const simulation_report& failed) {
  return failed.executions <= quick_relacy_executions
             ? ""
             : fmt::format(" --executions {}", failed.executions);
}

report::finding finding_of(const simulation_report& failed) {
  relacy_trace trace = parse_relacy_history(failed.history);
  report::finding finding = failed.failed
                                ? report::finding_of(*failed.failed)
                                : report::finding{.kind = failed.kind, .what = failed.what};
  finding.at = std::move(trace.failed_at);
  finding.steps = std::move(trace.steps);
  return finding;
}

}  // namespace

bool relacy_checker::can_search(std::optional<explore::search> how) const {
  return !how || *how == explore::search::exhaustive || *how == explore::search::preemptions ||
         *how == explore::search::uniform;
}

options relacy_checker::with_work(profile much, const checks::scenario_info& on,
                                  options how) const {
  const std::uint64_t usual = on.known ? usual_relacy_executions : quick_relacy_executions;
  how.executions = much == profile::quick ? usual : 100 * quick_relacy_executions;
  return how;
}

std::string relacy_checker::work_text(profile much) {
  if (much == profile::quick)
    return fmt::format("relacy {} executions, or {} where it must find something",
                       report::quantity_text(double{quick_relacy_executions}),
                       report::quantity_text(double{usual_relacy_executions}));
  return fmt::format("relacy {}: deeper bounds where it does not come to its end",
                     report::quantity_text(100.0 * quick_relacy_executions));
}

report::result relacy_checker::check(const checks::scenario_info& scenario, const options& how,
                                     const progress_sink& sink) {
  report::result result = begin_record(*this, scenario, how);
  const clock::time_point started = clock::now();
  walk through(programs_.find(scenario.name), how, sink);
  through.run();

  const simulation_report& end = through.last();
  result.executions = through.executions();
  result.seconds = std::chrono::duration<double>(clock::now() - started).count();
  result.outcomes = end.outcomes;
  if (end.end == simulation_end::failed) {
    report::finding found = finding_of(end);
    const auto known = end.failed ? expected_findings(scenario).find(found)
                                  : expected_findings(scenario).find_kind(found.kind);
    // It ends at what is known, as at anything else.
    result.reach = reach::bounded;
    if (known)
      result.known_findings.push_back({std::move(found), *known});
    else
      result.finding = std::move(found);
    result.replay = fmt::format("{} --checker relacy {}{}", check_command(scenario.name, how),
                                through.replay_options(), executions_option(end));
    result.guarantee = fmt::format("Relacy, execution {}", through.executions());
  } else if (through.guarantee().empty()) {
    result.guarantee = fmt::format("nothing found in {} executions, nothing searched completely",
                                   through.executions());
  } else {
    result.guarantee = fmt::format("nothing found ({}, stale reads bounded)", through.guarantee());
    // Also a full search bounds how stale a read may be.
    result.reach = how.search && words_of(*how.search).is_random ? reach::sampled : reach::bounded;
  }
  judge(result, scenario);
  return result;
}

}  // namespace stockcheck::harness
