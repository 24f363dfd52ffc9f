// SPDX-License-Identifier: GPL-2.0-only
// A checker: runs one scenario and says what it found.
#pragma once

#include "checks/base/scenario.hpp"
#include "explore/vocabulary.hpp"
#include "harness/memory_models.hpp"
#include "report/result.hpp"
#include "verdict/finding.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stockcheck::harness {

/// How much work is done on a scenario unless somebody says.
enum class profile : std::uint8_t {
  quick,     ///< seconds
  thorough,  ///< a hundred times as much, where that finds more
};

/// Work of explore on a scenario, in events run: less than a minute of a processor, and more than
/// five times what any scenario of ours needs to be seen to its end.
inline constexpr std::uint64_t usual_events = 120'000'000;

/// What bounds the work on a scenario is counted, so that the verdict is the same on every machine
/// and however busy it is. Who asks for a time gets processor time of the process that checks.
struct options {
  std::uint64_t events = usual_events;  ///< events run by explore, under each model; 0: no limit
  std::chrono::duration<double> time{std::numeric_limits<double>::infinity()};
  /// If none: everything within a part of the budget, else the deepest bound that fits.
  std::optional<explore::search> search{};
  /// For checkers that know several.
  std::vector<explore::memory_model> models{explore::memory_model::rc11};
  unsigned bound = 3;            ///< preemptions, context switches, or the depth of pct
  std::uint64_t executions = 0;  ///< of each search, or rounds of real threads; 0: no limit
  std::uint64_t seed = 1;
  /// Whose findings are passed over by explore, as if it were not there: what do the others see?
  std::optional<oracle> without{};
  /// A final state as text: explore looks for an execution that ends there, which is then what it
  /// found. Empty: for whatever is wrong.
  std::string sought{};
  /// The user's file that the scenario is in, as a shell word; empty: it is one of stockcheck's.
  std::string file{};
};

/// "stockcheck check FILE 'SCENARIO'", which options follow.
inline std::string check_command(std::string_view scenario, const options& how) {
  return "stockcheck check " + (how.file.empty() ? "" : how.file + " ") + "'" +
         std::string(scenario) + "'";
}

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
  [[nodiscard]] virtual bool can_search(std::optional<explore::search> how) const = 0;
  /// Whether it knows several memory models, and explores those of the options.
  [[nodiscard]] virtual bool has_memory_models() const { return false; }
  /// Names the models that it explores one after the other, as "SC, TSO"; empty if it has but one.
  [[nodiscard]] std::string models(const options& how) const {
    return has_memory_models() ? titles_of(how.models) : "";
  }
  /// The options with the work of a profile on the scenario.
  [[nodiscard]] virtual options with_work(profile /*much*/, const checks::scenario_info& /*on*/,
                                          options how) const {
    return how;
  }
  /// Processors that a run of the scenario keeps busy.
  [[nodiscard]] virtual unsigned processors(const checks::scenario_info& scenario) const = 0;
  /// Runs the scenario of that name, which must exist. Uses the whole process: checkers of several
  /// scenarios run in processes of their own. Throws std::exception on an error of the checker
  /// itself; what the checked code does wrong comes back as a finding.
  [[nodiscard]] virtual report::result check(const checks::scenario_info& scenario,
                                             const options& how, const progress_sink& sink) = 0;
};

}  // namespace stockcheck::harness
