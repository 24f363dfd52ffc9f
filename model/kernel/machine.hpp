// The machine that a scenario's tasks run on: which CPU each task is on, and what may go wrong.
#pragma once

#include "model/atomics/atomics.hpp"
#include "model/kernel/interrupt.hpp"

#include <array>
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
    interrupt_state interrupts;
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
  static machine* current_or_null() { return current_pointer(); }
  void enter() { current_pointer() = this; }

  void finish_boot() { booting_ = false; }
  /// Back to one task on CPU 0: the tasks have ended.
  void quiesce() { booting_ = true; }

  /// Runs an action on a CPU while no task runs.
  template <class Action>
  void run_on(unsigned cpu, Action action) {
    boot_task_.where.cpu = cpu;
    action();
    boot_task_.where.cpu = 0;
  }

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

  /// While the machine boots: from then on the handler may interrupt what runs on its CPU. What it
  /// refers to must outlive the tasks.
  void add_interrupt(const interrupt_handler& handler) {
    for (task_state& task : tasks_) task.interrupts.left.at(nr_handlers_) = handler.times;
    handlers_.at(nr_handlers_++) = handler;
  }
  [[nodiscard]] std::span<const interrupt_handler> handlers() const {
    return std::span{handlers_}.first(nr_handlers_);
  }
  /// A point between two steps of the running task, at which handlers may come if the checker
  /// chooses so. `matters` says whether the next step has to do with anybody else: if not, a
  /// handler that comes before it does the same as one that comes after it.
  template <class Matters>
  void interrupt_point(Matters matters) {
    if (booting_ || nr_handlers_ == 0) return;
    task_state& me = self();
    for (std::size_t h = 0; h < nr_handlers_; ++h)
      while (can_come(h, me) && matters() && A::choose(2) == 1) {
        --me.interrupts.left[h];
        interrupt(h, me);
      }
  }
  /// Whether a handler may interrupt the task now.
  [[nodiscard]] bool can_come(std::size_t handler, const task_state& task) const {
    const interrupt_handler& h = handlers_[handler];
    return h.cpu == task.where.cpu && task.interrupts.left[handler] > 0 &&
           task.interrupts.admits(h.level);
  }
  /// Runs a handler on top of the task.
  void interrupt(std::size_t handler, task_state& task) {
    const interrupt_handler& h = handlers_[handler];
    const bool took_cpu = take_cpu(task);
    const context before = task.interrupts.now;
    task.interrupts.now = h.level;
    if (h.level == context::hardirq) ++task.interrupts.irqs_off;
    A::nest(static_cast<unsigned>(h.level));
    h.run(h.argument);
    A::nest(static_cast<unsigned>(before));
    if (h.level == context::hardirq) --task.interrupts.irqs_off;
    task.interrupts.now = before;
    give_back_cpu(task, took_cpu);
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
  /// A handler interrupts the task that runs on the CPU: one that can be preempted has to get it
  /// first. No other handler comes meanwhile.
  bool take_cpu(task_state& task) {
    if (task.preempt_depth++ > 0 || !has_shared_cpus()) return false;
    ++task.interrupts.irqs_off;
    run_queue(task.where.cpu).lock();
    --task.interrupts.irqs_off;
    return true;
  }
  void give_back_cpu(task_state& task, bool took) {
    if (took) {
      ++task.interrupts.irqs_off;
      run_queue(task.where.cpu).unlock();
      --task.interrupts.irqs_off;
    }
    --task.preempt_depth;
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
  std::array<interrupt_handler, max_handlers> handlers_{};
  std::size_t nr_handlers_ = 0;
};

}  // namespace stockcheck::kernel
