// A checker: runs one scenario and says what it found.
#pragma once

#include "checks/scenario.hpp"
#include "model/atomics/finding.hpp"
#include "report/result.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace stockcheck::checkers {

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

/// The memory models that executions are consistent with. Each allows what the ones before it do.
enum class model : std::uint8_t {
  sc,    ///< sequential consistency
  tso,   ///< x86
  rc11,  ///< C++
  all,   ///< one after the other
};

struct options {
  std::chrono::duration<double> time{2.0};  ///< for each scenario
  checkers::search search = checkers::search::automatic;
  checkers::model model = checkers::model::rc11;  ///< for checkers that know several
  unsigned bound = 3;            ///< preemptions, context switches, or the depth of pct
  std::uint64_t executions = 0;  ///< for random search and real threads; 0: as many as time allows
  std::uint64_t seed = 1;
  /// Whose findings are passed over by explore, as if it were not there: what do the others see?
  std::optional<oracle> without{};
};

/// Real threads never come to an end: the quick profile gives them less time than model checkers.
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
  /// Processors that a run of the scenario keeps busy.
  [[nodiscard]] virtual unsigned processors(const checks::scenario_info& scenario) const = 0;
  /// Runs the scenario of that name, which must exist. Uses the whole process: checkers of several
  /// scenarios run in processes of their own. Throws std::exception on an error of the checker
  /// itself; what the checked code does wrong comes back as a finding.
  [[nodiscard]] virtual report::result check(const checks::scenario_info& scenario,
                                             const options& how, const progress_sink& sink) = 0;
};

}  // namespace stockcheck::checkers
