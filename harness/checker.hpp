// SPDX-License-Identifier: GPL-2.0-only
// A checker: runs one scenario and says what it found.
#pragma once

#include "checks/base/scenario.hpp"
#include "report/result.hpp"
#include "verdict/finding.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace stockcheck::harness {

/// How a model checker walks through the executions of a scenario.
enum class search : std::uint8_t {
  automatic,  ///< full within a part of the time, else the deepest bound of preemptions that fits
  full,       ///< everything the checker knows of
  bounded,    ///< every interleaving with at most `bound` preemptions
  switches,   ///< every interleaving with at most `bound` context switches
  random,     ///< `executions` interleavings drawn with `seed`
  pct,        ///< the same, drawn so that a bug of depth `bound` is likely to be met
  pos,        ///< the same, by a random priority for each event
};

/// Whether executions are drawn: then chance decides what is seen.
[[nodiscard]] constexpr bool is_random(search how) {
  return how == search::random || how == search::pct || how == search::pos;
}

/// The memory models that executions are consistent with. Each allows what the ones before it do.
enum class model : std::uint8_t {
  sc,    ///< sequential consistency
  tso,   ///< x86
  rc11,  ///< C++
  all,   ///< one after the other
};

/// Work of explore on a scenario, in events run: less than a minute of a processor, and more than
/// five times what any scenario of ours needs to be seen to its end.
inline constexpr std::uint64_t usual_events = 120'000'000;

/// Executions of Relacy, half a second of a processor or some seconds: in the quick profile, and
/// where it must find something, five times what any known property of ours needs.
inline constexpr std::uint64_t quick_relacy_executions = 42'000;
inline constexpr std::uint64_t usual_relacy_executions = 250'000;

/// What bounds the work on a scenario is counted, so that the verdict is the same on every machine
/// and however busy it is. Who asks for a time gets processor time of the process that checks.
struct options {
  std::uint64_t events = usual_events;  ///< events run by explore, under each model; 0: no limit
  std::chrono::duration<double> time{std::numeric_limits<double>::infinity()};
  harness::search search = harness::search::automatic;
  harness::model model = harness::model::rc11;  ///< for checkers that know several
  unsigned bound = 3;            ///< preemptions, context switches, or the depth of pct
  std::uint64_t executions = 0;  ///< of each search, or rounds of real threads; 0: no limit
  std::uint64_t seed = 1;
  /// Whose findings are passed over by explore, as if it were not there: what do the others see?
  std::optional<oracle> without{};
  /// A final state as text: explore looks for an execution that ends there, which is then what it
  /// found. Empty: for whatever is wrong.
  std::string sought{};
};

/// Real threads never come to an end: processor time for each task in the quick profile.
inline constexpr std::chrono::duration<double> quick_time_of_threads{0.25};

/// How far a run is: executions done, and the estimated number in all or 0 if there is none.
/// Called now and then from the thread that called check(), and may not keep memory it allocates: a
/// checker may own the allocations while it runs.
struct progress {
  std::uint64_t executions = 0;
  std::uint64_t estimated = 0;
};
using progress_sink = std::function<void(const progress&)>;

class checker {
 public:
  checker() = default;
  checker(const checker&) = delete;
  checker& operator=(const checker&) = delete;
  virtual ~checker() = default;

  [[nodiscard]] virtual std::string_view name() const = 0;
  /// Whether the scenario makes sense here at all.
  [[nodiscard]] virtual bool can_check(const checks::scenario_info& scenario) const = 0;
  /// Whether the checker can search like that; one that does not search does not mind.
  [[nodiscard]] virtual bool can_search(search how) const = 0;
  /// The memory models that it explores one after the other, as "SC, TSO"; empty if it has but one.
  [[nodiscard]] virtual std::string models(const options& /*how*/) const { return ""; }
  /// Processors that a run of the scenario keeps busy.
  [[nodiscard]] virtual unsigned processors(const checks::scenario_info& scenario) const = 0;
  /// Runs the scenario of that name, which must exist. Uses the whole process: checkers of several
  /// scenarios run in processes of their own. Throws std::exception on an error of the checker
  /// itself; what the checked code does wrong comes back as a finding.
  [[nodiscard]] virtual report::result check(const checks::scenario_info& scenario,
                                             const options& how, const progress_sink& sink) = 0;
};

}  // namespace stockcheck::harness
