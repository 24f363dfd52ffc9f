// SPDX-License-Identifier: GPL-2.0-only
// The CPUs as the kernel's code sees them in an execution: which are online and isolated, the work
// that is queued for them, and RCU.
#pragma once

#include "model/kernel/cpu_mask.hpp"
#include "model/kernel/rcu.hpp"
#include "model/kernel/workqueue.hpp"

namespace stockcheck::kernel_source {

/// What the items do that the code queues.
struct work_functions {
  using function = void (*)(void* argument, unsigned cpu);

  function drain = nullptr;
  /// Items that are about objects alone do this instead, where there are such items.
  function drain_objects = nullptr;
  bool (*is_of_objects)(unsigned cpu, const void* item) = nullptr;
};

/// The kernel_cpus<A> of the execution, or null. One for all policies, and no member of a template:
/// code that is loaded has the runner's.
extern void* present_cpus;

/// A scenario has at most one, which is the current one as long as it lives. As thread-safe as the
/// policy.
template <atomics_policy A>
class kernel_cpus {
 public:
  using percpu_work = kernel::percpu_work<A>;

  /// `online` must outlive it.
  kernel_cpus(const kernel::cpu_mask<A>& online, const work_functions& functions)
      : online_(online),
        work_(functions.drain, nullptr),
        work_of_objects_(functions.drain_objects, nullptr),
        is_of_objects_(functions.is_of_objects) {
    A::label(isolated_, "cpu", "isolated mask");
    present_cpus = this;
  }
  kernel_cpus(const kernel_cpus&) = delete;
  kernel_cpus& operator=(const kernel_cpus&) = delete;
  ~kernel_cpus() {
    if (present_cpus == this) present_cpus = nullptr;
  }

  /// Null if the scenario has none.
  static kernel_cpus* current() { return static_cast<kernel_cpus*>(present_cpus); }

  [[nodiscard]] bool is_online(unsigned cpu) const { return online_.is_online(cpu); }
  /// cpu_is_isolated(): no work is queued there.
  [[nodiscard]] bool is_isolated(unsigned cpu) const {
    return (isolated_.load(order::relaxed) >> cpu & 1U) != 0;
  }
  void isolate(unsigned cpu) { isolated_.fetch_or(1U << cpu, order::relaxed); }
  void end_isolation(unsigned cpu) { isolated_.fetch_and(~(1U << cpu), order::relaxed); }

  percpu_work& work() { return work_; }
  percpu_work& work_of_objects() { return work_of_objects_; }
  /// Queues an item of the code's: false if it was queued already.
  bool queue(unsigned cpu, const void* item) {
    const bool is_of_objects = is_of_objects_ != nullptr && is_of_objects_(cpu, item);
    return (is_of_objects ? work_of_objects_ : work_).schedule_on(cpu);
  }
  kernel::rcu<A>& rcu() { return rcu_; }

 private:
  const kernel::cpu_mask<A>& online_;
  percpu_work work_;
  percpu_work work_of_objects_;
  bool (*is_of_objects_)(unsigned cpu, const void* item);
  kernel::rcu<A> rcu_;
  typename A::template atomic<unsigned> isolated_{0};
};

}  // namespace stockcheck::kernel_source
