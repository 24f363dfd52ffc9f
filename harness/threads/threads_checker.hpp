// SPDX-License-Identifier: GPL-2.0-only
// The checker on real threads: runs a scenario again and again and counts how it ends.
#pragma once

#include "harness/checker.hpp"
#include "harness/programs.hpp"
#include "harness/threads/rounds.hpp"

#include <chrono>
#include <span>
#include <utility>

namespace stockcheck::harness {

/// Real threads never come to an end: processor time for each task in the quick profile.
inline constexpr std::chrono::duration<double> quick_time_of_threads{0.25};

/// Far more processor time than a round ever needs, of all its threads together.
inline constexpr std::chrono::seconds patience_with_rounds{10};

/// Shows what this machine and this compiler do; its pass says nothing about other interleavings.
/// Code that does not come to an end keeps threads of the process busy after check() has said so.
class threads_checker final : public checker {
 public:
  /// The programs are on std_atomics. Code is said not to come to an end after a round that takes
  /// `patience` of processor time. `known` says what is known of the code besides what scenarios
  /// declare.
  explicit threads_checker(programs on,
                           std::chrono::duration<double> patience = patience_with_rounds,
                           known_of_code known = {})
      : programs_(std::move(on)), patience_(patience), known_(std::move(known)) {}

  [[nodiscard]] std::string_view name() const override { return "threads"; }
  /// A scenario that is known to misuse memory would corrupt the process.
  [[nodiscard]] bool can_check(const checks::scenario_info& scenario) const override {
    return !scenario.known || scenario.known->kind != oracle::memory;
  }
  [[nodiscard]] bool can_search(std::optional<explore::search>) const override { return true; }
  [[nodiscard]] options with_work(profile much, const checks::scenario_info& on,
                                  options how) const override;
  /// What with_work() gives, for help.
  [[nodiscard]] static std::string work_text(profile much);
  [[nodiscard]] unsigned processors(const checks::scenario_info& scenario) const override {
    return static_cast<unsigned>(scenario.nr_tasks());
  }
  [[nodiscard]] report::result check(const checks::scenario_info& scenario, const options& how,
                                     const progress_sink& sink) override;

 private:
  programs programs_;
  std::chrono::duration<double> patience_;
  known_of_code known_;
};

}  // namespace stockcheck::harness
