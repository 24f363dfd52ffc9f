// SPDX-License-Identifier: GPL-2.0-only
// What is done about what the engine finds in a scenario: what is known is counted, and the search
// goes on behind it; anything else ends it.
#pragma once

#include "explore/exploration.hpp"
#include "harness/explore/explore_run.hpp"
#include "model/atomics/expectation_judge.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace stockcheck::harness {

/// Watches one exploration, which runs in the thread that made the watch.
class explore_watch final : public explore::observer, public expectation_judge {
 public:
  using outcome_reader = std::function<const checks::final_state&(explore::engine_program&)>;

  /// `outcome_of` reads the final state of a program that was settled.
  explore_watch(const explore_request& request, outcome_reader outcome_of,
                const progress_sink& sink);
  explore_watch(const explore_watch&) = delete;
  explore_watch& operator=(const explore_watch&) = delete;
  ~explore_watch() override;

  /// An execution begins.
  void begins() { is_known_ = is_known_of_code_ = false; }

  void restarted() override { outcomes_.clear(); }
  void completed(explore::engine_program& settled, const explore::execution_graph&) override;
  bool found(const explore::engine_finding& what, const explore::execution_graph& graph,
             const shower& show) override;
  bool noted(std::size_t number, const shower& show) override;
  bool goes_on(const explore::exploration_progress& so_far) override;
  bool goes_on_behind(const failed_expectation& failed) override;

  /// What is seen by now: all but the exploration itself.
  void report_to(explore_report& report);

 private:
  using clock = std::chrono::steady_clock;
  /// Something that was found, perhaps often.
  struct sight {
    report::finding finding;  ///< without steps until it is shown
    std::optional<report::known_reference> known{};
    bool is_shown = false;
  };
  /// What tells apart what the engine finds, without running it again: the kind, the line if there
  /// is one, and of each event what it does, and where.
  using key = std::tuple<explore::finding_kind, std::string, unsigned, std::vector<std::size_t>>;
  /// How many executions end in a state, see report::outcome.
  struct count {
    std::uint64_t all = 0;
    std::uint64_t known = 0;
    std::uint64_t known_of_code = 0;
  };

  [[nodiscard]] std::size_t sight_of(const failed_expectation& failed);
  [[nodiscard]] sight& sight_of(const explore::engine_finding& what,
                                const explore::execution_graph& graph, const shower& show);
  void keep(const sight& seen);
  [[nodiscard]] sight judged(report::finding found) const;
  /// Whether it is declared by the scenario, or known of the code alone.
  [[nodiscard]] bool is_of_code(const sight& one) const;

  const explore_request& request_;
  outcome_reader outcome_of_;
  const progress_sink& sink_;
  clock::time_point next_report_;
  std::map<checks::final_state, count> outcomes_;
  std::vector<sight> expectations_;  ///< by the number that they are noted with
  std::map<key, sight> others_;
  std::vector<report::known_finding> known_;
  std::optional<report::finding> failed_;
  bool is_known_ = false;          ///< the execution shows something known
  bool is_known_of_code_ = false;  ///< that the scenario does not declare
};

}  // namespace stockcheck::harness
