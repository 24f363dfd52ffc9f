#include "checkers/relacy_checker.hpp"

#include "checkers/judge.hpp"
#include "checkers/programs.hpp"
#include "checkers/relacy_history.hpp"
#include "checkers/relacy_simulation.hpp"
#include "report/finding_of.hpp"

#include <fmt/format.h>

#include <limits>
#include <stdexcept>

namespace stockcheck::checkers {

namespace {

using clock = std::chrono::steady_clock;

/// Relacy's random search is determined by the number of the execution alone, so that a seed is a
/// place to start; 2^24 executions apart.
std::uint64_t first_of(std::uint64_t seed) { return (seed << 24U) + 1; }

/// A walk through the executions of one scenario, perhaps by several strategies in turn.
class walk {
 public:
  walk(const checks::scenario_info& scenario, const options& how, const progress_sink& sink)
      : program_(find_program(relacy_programs(), scenario.name)), how_(how), sink_(sink) {}

  void run() {
    switch (how_.search) {
      case search::full: full(1.0); break;
      case search::bounded: bounded(how_.bound); break;
      case search::random: random(); break;
      case search::automatic: automatic(); break;
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
  /// Half the time for a full search, which is worth most; if that is too little, all preemption
  /// bounds from 0 up that fit into the rest.
  void automatic() {
    full(0.5);
    for (unsigned bound = 0; last_.end == simulation_end::timed_out && clock::now() < deadline();
         ++bound)
      if (!deepen(bound)) return;
  }
  /// False when the walk is over.
  bool deepen(unsigned bound) {
    bounded(bound);
    if (last_.end != simulation_end::exhausted) return false;
    last_.end = simulation_end::timed_out;  // of the full search
    return true;
  }

  void full(double share) {
    simulation_request request = request_for(search::full);
    request.deadline = started_ + std::chrono::duration_cast<clock::duration>(how_.time * share);
    simulate_as(request, "Relacy full search", "--search full");
  }
  void bounded(unsigned bound) {
    simulation_request request = request_for(search::bounded);
    request.context_bound = bound;
    simulate_as(request, fmt::format("Relacy, at most {} preemptions", bound),
                fmt::format("--search bound --bound {}", bound));
  }
  void random() {
    simulation_request request = request_for(search::random);
    request.first = first_of(how_.seed);
    request.last = how_.executions == 0 ? std::numeric_limits<std::int64_t>::max()
                                        : request.first + how_.executions - 1;
    simulate_as(request, fmt::format("Relacy random search, seed {}", how_.seed),
                fmt::format("--search random --seed {}", how_.seed));
    if (last_.end != simulation_end::timed_out) return;
    if (how_.executions == 0) {
      // Drawing at random until the time is over is what was asked for.
      last_.end = simulation_end::exhausted;
      guarantee_ = fmt::format("Relacy random search, seed {}", how_.seed);
    }
  }

  [[nodiscard]] clock::time_point deadline() const {
    return started_ + std::chrono::duration_cast<clock::duration>(how_.time);
  }
  [[nodiscard]] simulation_request request_for(search strategy) const {
    return {.program = &program_, .strategy = strategy, .deadline = deadline()};
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
  clock::time_point started_ = clock::now();
  simulation_report last_;
  std::uint64_t executions_ = 0;
  std::string guarantee_;
  std::string replay_options_;
};

/// What a longer search found takes longer to find again.
std::string time_option(const options& how) {
  return how.time > options{}.time ? fmt::format(" --time {}", how.time.count()) : "";
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

bool relacy_checker::can_search(search how) const {
  return how == search::automatic || how == search::full || how == search::bounded ||
         how == search::random;
}

report::result relacy_checker::check(const checks::scenario_info& scenario, const options& how,
                                     const progress_sink& sink) {
  report::result result = begin_record(*this, scenario, how);
  const clock::time_point started = clock::now();
  walk through(scenario, how, sink);
  through.run();

  const simulation_report& end = through.last();
  result.executions = through.executions();
  result.seconds = std::chrono::duration<double>(clock::now() - started).count();
  result.outcomes = end.outcomes;
  if (end.end == simulation_end::failed) {
    result.finding = finding_of(end);
    result.replay = fmt::format("stockcheck check '{}' --checker relacy {}{}", scenario.name,
                                through.replay_options(), time_option(how));
    result.guarantee = fmt::format("Relacy, execution {}", through.executions());
  } else if (through.guarantee().empty()) {
    result.guarantee =
        fmt::format("nothing found in {:.1f} s, nothing searched completely", how.time.count());
  } else {
    result.guarantee = fmt::format("nothing found ({}, stale reads bounded)", through.guarantee());
    // Also a full search bounds how stale a read may be.
    result.reach = how.search == search::random ? report::reach::sampled : report::reach::bounded;
  }
  judge(result, scenario);
  return result;
}

}  // namespace stockcheck::checkers
