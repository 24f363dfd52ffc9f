// SPDX-License-Identifier: GPL-2.0-only
// Which functions the tasks of a scenario run: for the coverage of the model.
//
// Filled by code that is compiled with -finstrument-functions. That code runs while the engine
// explores and owns all memory that is allocated, so that nothing here allocates any.
#pragma once

#include <cstddef>
#include <iosfwd>

namespace stockcheck::coverage {

/// One for the process; for one thread.
class call_record {
 public:
  static call_record& instance();

  call_record(const call_record&) = delete;
  call_record& operator=(const call_record&) = delete;

  /// What runs from now on belongs to that scenario, a number below 2^16, with so many tasks.
  void begin_scenario(std::size_t number, std::size_t nr_tasks);
  /// An execution begins, with its set-up. Nothing is recorded outside of executions.
  void begin_execution();
  void end_execution() { is_running_ = false; }

  // Called by instrumented code.
  void enter(void* function);
  void leave(void* function);

  /// A line for each function that a scenario ran: "call", the number of the scenario, the task or
  /// "alone" for what runs before the tasks and after them, "handler" if an interrupt handler did
  /// it on top of the task or else "task", and the function, with tabs between them. Throws
  /// std::runtime_error if there was more than fits.
  void write(std::ostream& to) const;

 private:
  call_record() = default;

  [[nodiscard]] std::size_t running_task() const;

  bool is_running_ = false;
  std::size_t scenario_ = 0;
  std::size_t nr_tasks_ = 0;
};

}  // namespace stockcheck::coverage
