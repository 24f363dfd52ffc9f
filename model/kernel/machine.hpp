// SPDX-License-Identifier: GPL-2.0-only
// The machine that a scenario's tasks run on: which CPU each task is on, and what may go wrong.
#pragma once

#include "model/atomics/atomics.hpp"
#include "model/kernel/interrupt.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <exception>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace stockcheck::kernel {

/// Where a task starts, and how often the scheduler may move it to another CPU.
struct placement {
  unsigned cpu = 0;
  unsigned migrations = 0;
};

/// A policy on real threads, which interrupts tasks by signals: a handler may come between any two
/// instructions. Model checkers choose where it comes instead.
template <class A>
concept interrupted_by_signals = atomics_policy<A> && A::interrupts_are_signals;

/// The machine<A> that the calling thread runs on, or null. One for all policies, and no member of
/// a template: code that is loaded has the runner's.
extern constinit thread_local void* running_machine;

/// barrier(): what precedes it in the program precedes it for a signal of this thread as well.
inline void barrier() { std::atomic_signal_fence(std::memory_order_seq_cst); }

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
    if (running_machine == this) running_machine = nullptr;
  }

  /// The machine that the calling thread runs on. A runner sets it on every thread it uses.
  static machine& current() { return *current_or_null(); }
  static machine* current_or_null() { return static_cast<machine*>(running_machine); }
  void enter() { running_machine = this; }

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
    unsigned left = allocation_failures_.load(std::memory_order_relaxed);
    if (left == 0 || A::choose(2) == 0) return false;
    while (left != 0 &&
           !allocation_failures_.compare_exchange_weak(left, left - 1, std::memory_order_relaxed))
      continue;
    return left != 0;
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
    if (interrupted_by_signals<A> || booting_ || nr_handlers_ == 0) return;
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
    hold_signals(task);
    const bool took_cpu = take_cpu(task);
    const context before = task.interrupts.now;
    ++task.interrupts.came;
    task.interrupts.now = h.level;
    if (h.level == context::hardirq) ++task.interrupts.irqs_off;
    A::nest(static_cast<unsigned>(h.level));
    let_signals_in(task);
    run(h, task);
    hold_signals(task);
    A::nest(static_cast<unsigned>(before));
    if (h.level == context::hardirq) --task.interrupts.irqs_off;
    task.interrupts.now = before;
    give_back_cpu(task, took_cpu);
    let_signals_in(task);
  }

  // Real threads: signals -------------------------------------------------------------------------

  /// In the signal handler of a task's thread: the interrupt comes now, or once nothing keeps it
  /// away any more.
  void signalled(std::size_t handler)
    requires interrupted_by_signals<A>
  {
    task_state& me = self();
    interrupt_state& state = me.interrupts;
    if (handlers_[handler].cpu != me.where.cpu || state.left.at(handler) == 0) return;
    state.pending |= 1U << handler;
    if (state.held_back == 0) run_pending(me);
  }
  /// Where interrupts are allowed again. Does nothing on model checkers.
  void run_pending(task_state& task) {
    if constexpr (interrupted_by_signals<A>) {
      barrier();
      for (std::size_t h = first_pending(task); h != max_handlers; h = first_pending(task)) {
        hold_signals(task);
        // One that came in between may have been served already.
        const bool is_ours = is_pending(h, task);
        if (is_ours) {
          task.interrupts.pending &= ~(1U << h);
          --task.interrupts.left.at(h);
        }
        let_signals_in(task);
        if (is_ours) interrupt(h, task);
      }
    }
  }
  /// While the task is in the hands of locks that a handler wants as well, signals wait.
  static void hold_signals(task_state& task) {
    if constexpr (interrupted_by_signals<A>) {
      ++task.interrupts.held_back;
      barrier();
    }
  }
  /// Signals that waited come with the next run_pending().
  static void let_signals_in(task_state& task) {
    if constexpr (interrupted_by_signals<A>) {
      barrier();
      --task.interrupts.held_back;
      barrier();
    }
  }
  /// At the end of a task: no interrupt comes any more. Throws what a handler threw while it
  /// interrupted the task; on model checkers that has arrived already.
  void end_interrupts()
    requires interrupted_by_signals<A>
  {
    hold_signals(self());
    if (const auto failed = std::exchange(self().interrupts.failed, nullptr))
      std::rethrow_exception(failed);
  }
  /// How many handlers interrupted tasks. When no task runs.
  [[nodiscard]] unsigned nr_interrupts() const
    requires interrupted_by_signals<A>
  {
    unsigned came = 0;
    for (const task_state& task : tasks_) came += task.interrupts.came;
    return came;
  }

 private:
  static void run(const interrupt_handler& handler, task_state& task) {
    if constexpr (interrupted_by_signals<A>) {
      // Nothing may be thrown out of a signal handler, nor out of a guard's end.
      try {
        handler.run(handler.argument);
      } catch (...) {
        if (!task.interrupts.failed) task.interrupts.failed = std::current_exception();
      }
    } else {
      handler.run(handler.argument);
    }
  }
  [[nodiscard]] bool is_pending(std::size_t handler, const task_state& task) const {
    return (task.interrupts.pending >> handler & 1U) != 0 && can_come(handler, task);
  }
  [[nodiscard]] std::size_t first_pending(const task_state& task) const {
    std::size_t handler = 0;
    while (handler < max_handlers && !is_pending(handler, task)) ++handler;
    return handler;
  }

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

  unsigned nr_cpus_;
  bool booting_ = true;
  std::atomic<unsigned> allocation_failures_{0};  ///< of all tasks together
  task_state boot_task_;
  std::vector<task_state> tasks_;
  std::unique_ptr<typename A::mutex[]> run_queues_;
  std::array<interrupt_handler, max_handlers> handlers_{};
  std::size_t nr_handlers_ = 0;
};

}  // namespace stockcheck::kernel
