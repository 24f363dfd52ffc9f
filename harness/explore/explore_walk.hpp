// SPDX-License-Identifier: GPL-2.0-only
// A walk through the executions of a scenario under one memory model, perhaps by several searches
// in turn, and what it is worth.
#pragma once

#include "harness/explore/explore_run.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace stockcheck::harness {

class explore_walk {
 public:
  /// The references must outlive the walk. `deadline` is for all searches together. An
  /// automatic search that falls back to bounds runs a third more events than `how` says.
  explore_walk(const checks::program_entry& program, const options& how,
               const expected_findings& expected, bool ends_at_races, explore::memory_model model,
               const processor_deadline& deadline, const progress_sink& sink)
      : program_(program),
        how_(how),
        expected_(expected),
        ends_at_races_(ends_at_races),
        model_(model),
        deadline_(deadline),
        sink_(sink) {}

  void run();

  [[nodiscard]] explore::memory_model model() const { return model_; }
  [[nodiscard]] const explore_report& last() const { return last_; }
  /// What is known and was met, over all searches.
  [[nodiscard]] const std::vector<report::known_finding>& known() const { return known_; }
  [[nodiscard]] std::uint64_t known_executions() const { return known_executions_; }
  /// Nothing else was found and nothing is left.
  [[nodiscard]] bool is_proof() const { return is_proof_; }
  /// A search was done as it was asked for, so that finding nothing says something.
  [[nodiscard]] bool is_done() const { return !searched_.empty(); }
  /// What was searched, and what was not: "nothing found under RC11 ...".
  [[nodiscard]] std::string guarantee() const;
  /// Over all searches.
  [[nodiscard]] std::uint64_t executions() const { return executions_; }
  [[nodiscard]] std::uint64_t events() const { return events_; }
  [[nodiscard]] std::uint64_t complete() const { return complete_; }
  [[nodiscard]] std::uint64_t blocked() const { return blocked_; }
  /// The options that find the failing execution again.
  [[nodiscard]] const std::string& replay_options() const { return replay_options_; }

 private:
  enum class end : std::uint8_t { exhausted, found, cut };

  end exhaustive(double share_of_time);
  void deepen();
  end bounded(explore::search strategy, unsigned bound);
  void random(explore::search strategy);
  end explore_as(const explore::settings& settings, const processor_deadline& deadline,
                 std::string replay);
  [[nodiscard]] explore::settings settings_for(explore::search strategy) const;
  [[nodiscard]] std::string counts() const;
  void add_known();

  const checks::program_entry& program_;
  const options& how_;
  const expected_findings& expected_;
  bool ends_at_races_;
  explore::memory_model model_;
  processor_deadline deadline_;
  const progress_sink& sink_;
  std::uint64_t events_left_ = how_.events;  ///< of the next search; 0: no limit

  explore_report last_;
  bool is_proof_ = false;
  std::string searched_;  ///< what is sure now; empty if nothing is
  std::string left_;      ///< what is not
  std::uint64_t executions_ = 0;
  std::uint64_t events_ = 0;
  std::uint64_t complete_ = 0;
  std::uint64_t blocked_ = 0;
  std::string replay_options_;
  std::vector<report::known_finding> known_;
  std::uint64_t known_executions_ = 0;
};

}  // namespace stockcheck::harness
