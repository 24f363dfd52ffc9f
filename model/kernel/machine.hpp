// The machine that a scenario's tasks run on: which CPU each task is on, and what may go wrong.
#pragma once

#include "model/atomics/atomics.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace stockcheck::kernel {

/// Where a task starts, and how often the scheduler may move it to another CPU.
struct placement {
  unsigned cpu = 0;
  unsigned migrations = 0;
};

/// One machine per execution. While it is booting, before the tasks start and after they end, code
/// runs alone on CPU 0. Thread-safe as long as each task touches its own state only, which is what
/// the functions of model/kernel do.
template <atomics_policy A>
class machine {
 public:
  /// On a cache line of its own: tasks write their state all the time.
  struct alignas(64) task_state {
    placement where;
    unsigned preempt_depth = 0;  ///< above 0: the task stays on its CPU and keeps it
  };

  machine(unsigned nr_cpus, std::span<const placement> tasks)
      : nr_cpus_(nr_cpus), tasks_(tasks.size()) {
    for (std::size_t t = 0; t < tasks.size(); ++t) tasks_[t].where = tasks[t];
    if (!cpus_are_shared(tasks)) return;
    run_queues_ = std::make_unique<typename A::mutex[]>(nr_cpus);
    for (unsigned cpu = 0; cpu < nr_cpus; ++cpu) A::label(run_queues_[cpu], "cpu", "run queue");
  }
  machine(const machine&) = delete;
  machine& operator=(const machine&) = delete;
  ~machine() {
    if (current_pointer() == this) current_pointer() = nullptr;
  }

  /// The machine that the calling thread runs on. A runner sets it on every thread it uses.
  static machine& current() { return *current_pointer(); }
  void enter() { current_pointer() = this; }

  void finish_boot() { booting_ = false; }
  /// Back to one task on CPU 0: the tasks have ended.
  void quiesce() { booting_ = true; }

  [[nodiscard]] bool is_booting() const { return booting_; }
  [[nodiscard]] unsigned nr_cpus() const { return nr_cpus_; }
  task_state& self() { return booting_ ? boot_task_ : tasks_[A::task()]; }

  /// Whether tasks on one CPU must exclude each other while preemption is off.
  [[nodiscard]] bool has_shared_cpus() const { return run_queues_ != nullptr; }
  typename A::mutex& run_queue(unsigned cpu) { return run_queues_[cpu]; }

  /// From now on up to `budget` allocations of this machine may fail, as the checker chooses.
  void let_allocations_fail(unsigned budget) { allocation_failures_ = budget; }
  bool allocation_fails() {
    if (allocation_failures_ == 0 || A::choose(2) == 0) return false;
    --allocation_failures_;
    return true;
  }

 private:
  static bool cpus_are_shared(std::span<const placement> tasks) {
    for (std::size_t t = 0; t < tasks.size(); ++t) {
      if (tasks[t].migrations > 0) return true;
      for (const placement& earlier : tasks.first(t))
        if (earlier.cpu == tasks[t].cpu) return true;
    }
    return false;
  }
  static machine*& current_pointer() {
    thread_local machine* running_on = nullptr;
    return running_on;
  }

  unsigned nr_cpus_;
  bool booting_ = true;
  unsigned allocation_failures_ = 0;
  task_state boot_task_;
  std::vector<task_state> tasks_;
  std::unique_ptr<typename A::mutex[]> run_queues_;
};

}  // namespace stockcheck::kernel
