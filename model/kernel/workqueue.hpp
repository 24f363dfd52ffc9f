// SPDX-License-Identifier: GPL-2.0-only
// Work items that are queued on a CPU: schedule_work_on().
#pragma once

#include "model/kernel/cpu_mask.hpp"
#include "model/kernel/machine.hpp"

#include <array>
#include <cstddef>

namespace stockcheck::kernel {

/// One work item for each CPU, all with the same function, as the drain work of the stocks is. A
/// work runs on its CPU, later, in task context: on a worker, which is a task of the scenario, or,
/// if it has none for that CPU, after all tasks have ended. Thread-safe.
template <atomics_policy A>
class percpu_work {
 public:
  static constexpr std::size_t max_cpus = 4;
  /// `cpu` is the one that the item was queued on, which may have died since.
  using work_function = void (*)(void* argument, unsigned cpu);

  percpu_work(work_function function, void* argument) : function_(function), argument_(argument) {
    for (auto& pending : pending_) A::label(pending, "work", "pending");
  }
  percpu_work(const percpu_work&) = delete;
  percpu_work& operator=(const percpu_work&) = delete;

  /// schedule_work_on(): false if it was queued already and has not begun. What was stored before
  /// is visible to the function if it returns true.
  bool schedule_on(unsigned cpu, location at = location::current()) {
    return pending_[cpu].exchange(1, order::full, at) == 0;
  }

  /// Body of a worker task placed on `cpu`: runs what is queued there until `others_ended`, which
  /// may only load, says that nobody will queue more.
  template <class Ended>
  void work_on(unsigned cpu, Ended others_ended, location at = location::current()) {
    for (;;) {
      A::await([&] { return is_pending(cpu, at) || others_ended(); }, at);
      if (!run_pending(cpu, at)) return;
    }
  }
  /// Runs what is left, when all tasks have ended. The workers of an offline CPU run on another.
  void flush(const cpu_mask<A>& online) {
    machine<A>& on = machine<A>::current();
    for (unsigned cpu = 0; cpu < on.nr_cpus(); ++cpu)
      on.run_on(online.worker_of(cpu), [&] {
        while (run_pending(cpu)) continue;
      });
  }

 private:
  [[nodiscard]] bool is_pending(unsigned cpu, location at) const {
    return pending_[cpu].load(order::acquire, at) != 0;
  }
  /// The item may be queued again as soon as it begins.
  bool run_pending(unsigned cpu, location at = location::current()) {
    if (!is_pending(cpu, at)) return false;
    pending_[cpu].exchange(0, order::full, at);
    function_(argument_, cpu);
    return true;
  }

  work_function function_;
  void* argument_;
  std::array<typename A::template atomic<int>, max_cpus> pending_;
};

}  // namespace stockcheck::kernel
