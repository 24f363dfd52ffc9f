// SPDX-License-Identifier: GPL-2.0-only
// Exploring a program: what to explore, how far it is, and what came out.
#pragma once

#include "explore/engine_finding.hpp"
#include "explore/engine_program.hpp"
#include "explore/memory_model.hpp"
#include "explore/runtime.hpp"
#include "explore/trace.hpp"
#include "explore/vocabulary.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace stockcheck::explore {

struct settings {
  memory_model model = memory_model::rc11;
  explore::search search = explore::search::exhaustive;
  unsigned bound = 2;             ///< preemptions, switches, or the depth d of pct
  std::uint64_t seed = 1;         ///< the seed of random searches
  std::uint64_t executions = 0;   ///< at most so many; 0: no limit
  std::uint64_t events = 0;       ///< events run at most, but for the last execution; 0: no limit
  std::size_t max_events = 2000;  ///< the most that a task has in one execution
  /// A misuse of memory ends an execution only when its tasks have ended. Then what depends on it
  /// is explored as well, for an observer that goes on after it.
  bool behind_misuse = false;
};

struct exploration_progress {
  std::uint64_t complete = 0;
  std::uint64_t blocked = 0;
  double explored = 0;   ///< the part that is done, 0 to 1; rough, and 0 if it cannot be told
  double estimated = 0;  ///< executions in all, by order of magnitude; 0 if it cannot be told
};

/// How a graph came to fail, to be shown.
struct counterexample {
  std::unique_ptr<execution_graph> graph;  ///< what the finding needs, no more where that is known
  std::vector<event_id> order;             ///< its events as a sequence
  explore::recording recording;
};

/// Sees an exploration while it goes on. The defaults do nothing.
class observer {
 public:
  observer() = default;
  observer(const observer&) = delete;
  observer& operator=(const observer&) = delete;
  virtual ~observer() = default;

  /// After a program was settled; the graph is that of its execution.
  virtual void completed(engine_program& /*settled*/, const execution_graph& /*graph*/) {}
  /// The exploration is made again from its beginning: see contention.hpp.
  virtual void restarted() {}
  /// Runs what led to something once more and writes it down.
  using shower = std::function<counterexample()>;
  /// After an execution with a finding; the graph is as far as it got. True goes on with the
  /// others. Of each, if the execution has several.
  virtual bool found(const engine_finding& /*what*/, const execution_graph& /*graph*/,
                     const shower& /*show*/) {
    return false;
  }
  /// After an execution without a finding, for what note() was told meanwhile. False ends the
  /// exploration with that as the finding, an assertion.
  virtual bool noted(std::size_t /*number*/, const shower& /*show*/) { return true; }
  /// After every so many executions; false ends the exploration.
  virtual bool goes_on(const exploration_progress& /*so_far*/) { return true; }
};

struct exploration {
  enum class end : std::uint8_t { exhausted, found, stopped };

  end ended = end::stopped;
  std::uint64_t complete = 0;
  std::uint64_t blocked = 0;    ///< executions in which a task awaits a value that was replaced
  std::uint64_t truncated = 0;  ///< executions that were cut at max_events: not exhaustive
  std::uint64_t findings = 0;  ///< executions with a finding, also those the observer went on after
  std::uint64_t noted = 0;     ///< executions without, in which something was noted
  std::uint64_t cut = 0;       ///< findings that left out what tasks would have done
  double explored = 0;
  std::optional<explore::engine_finding> finding;
  std::optional<explore::counterexample> counterexample;
  runtime::counters counters;

  /// Events run: the work that was done, the same on every machine.
  [[nodiscard]] std::uint64_t events_run() const { return counters.replayed + counters.fresh; }
  /// Nothing is left: a proof, for this program and memory model, that nothing else is there than
  /// what the observer went on after.
  [[nodiscard]] bool is_proof(const settings& how) const {
    return ended == end::exhausted && truncated == 0 && cut == 0 &&
           how.search == search::exhaustive;
  }
};

/// Explores until something is found, nothing is left, or the observer ends it. One exploration at
/// a time in a thread.
exploration explore(const code_under_test& code, const settings& how, observer& watch);
inline exploration explore(const code_under_test& code, const settings& how) {
  observer nobody;
  return explore(code, how, nobody);
}

}  // namespace stockcheck::explore
