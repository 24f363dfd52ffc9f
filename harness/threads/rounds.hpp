// SPDX-License-Identifier: GPL-2.0-only
// Rounds of one scenario on threads of their own.
#pragma once

#include "checks/base/final_state.hpp"
#include "checks/base/program.hpp"
#include "harness/checker.hpp"
#include "harness/expected_findings.hpp"
#include "harness/processor_time.hpp"
#include "harness/threads/interrupter.hpp"
#include "harness/threads/round_gate.hpp"
#include "model/atomics/expectation_judge.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace stockcheck::harness {

/// How many more rounds than asked for there are as long as no interrupt has come, where some may,
/// and the processor time of each task that they may take. One comes in a thousand rounds or so.
inline constexpr std::uint64_t rounds_for_an_interrupt = 1'000'000;
inline constexpr std::chrono::duration<double> patience_for_interrupts{20};

/// What rounds have come to.
struct rounds_record {
  std::uint64_t done = 0;
  std::uint64_t interrupts = 0;                ///< that came in the middle of a task
  bool has_handlers = false;                   ///< without these none can
  std::optional<failed_expectation> failed{};  ///< the first, but for those that are known
  std::vector<report::known_finding> known{};  ///< one of each kind
  std::uint64_t known_rounds = 0;              ///< that have such
  std::exception_ptr error{};                  ///< of the harness, not of what is checked
  std::map<checks::final_state, std::uint64_t> outcomes{};
};

/// Code under test runs in all threads but that of who waits for them: none of its tasks may ever
/// come to an end. A round begins with a fresh program, whatever became of the one before.
/// What is known is counted; a round goes on behind it, unless the code cannot, and in any case the
/// next ones do.
class rounds final : private expectation_judge {
 public:
  /// `entry` must outlive it.
  rounds(const checks::program_entry& entry, const options& how, known_of_code known = {});

  /// The life of the thread of task 0, which does everything that happens alone as well. The other
  /// tasks have threads that it starts. Once.
  void run();

  // Thread-safe -----------------------------------------------------------------------------------

  /// Returns once run() does, or after that time; whether it is over.
  bool wait(std::chrono::milliseconds longest);
  /// Ends them as soon as tasks let that be: those that await something leave.
  void abandon();
  [[nodiscard]] std::uint64_t done() const { return done_; }
  /// What there is so far.
  [[nodiscard]] rounds_record record() const;

 private:
  void run_all();
  [[nodiscard]] bool is_enough();
  void one_round(interrupter* interrupts);
  void take_down();
  void serve(unsigned number);
  void become(unsigned number);
  [[nodiscard]] std::uint64_t seed_of(unsigned number) const;
  std::unique_ptr<interrupter> interrupter_of(unsigned number);
  void perform(unsigned number, interrupter* interrupts);
  template <class Action>
  bool guarded(Action action);
  void note(const failed_expectation& found);
  bool goes_on_behind(const failed_expectation& failed) override;
  /// Whether it is known; to be called alone.
  bool count_if_known(const failed_expectation& found);

  const checks::program_entry& entry_;
  options how_;
  expected_findings expected_;
  unsigned nr_tasks_;
  std::vector<kernel::interrupt_handler> handlers_;  ///< of the first program
  round_gate gate_;
  processor_deadline time_{how_.time * nr_tasks_};
  std::optional<processor_deadline> patience_;  ///< once there are enough rounds, but no interrupt
  std::uint64_t last_round_ = 0;                ///< then
  std::unique_ptr<checks::program> program_;
  std::atomic<bool> round_failed_{false};  ///< who awaits something in this round leaves
  std::atomic<bool> stopped_{false};
  std::atomic<std::uint64_t> done_{0};

  mutable std::mutex guard_;  ///< of what follows
  rounds_record record_;
  bool is_known_round_ = false;
  std::condition_variable over_changed_;
  bool over_ = false;
};

}  // namespace stockcheck::harness
