// The CPUs as the kernel's code sees them in an execution: which are online and isolated, the work
// that is queued for them, and RCU.
#pragma once

#include "model/kernel/cpu_mask.hpp"
#include "model/kernel/rcu.hpp"
#include "model/kernel/workqueue.hpp"
#include "source/subject/explored_memory.hpp"

namespace stockcheck::source {

/// A scenario has at most one, which is the current one as long as it lives.
class kernel_cpus {
 public:
  using work_function = kernel::percpu_work<explored_atomics>::work_function;

  /// `online` must outlive it. `function` is what the items do that the code queues.
  kernel_cpus(const kernel::cpu_mask<explored_atomics>& online, work_function function);
  kernel_cpus(const kernel_cpus&) = delete;
  kernel_cpus& operator=(const kernel_cpus&) = delete;
  ~kernel_cpus();

  /// Without one the execution ends: the scenario has nothing to do with what is asked for.
  static kernel_cpus& current();
  static kernel_cpus* current_or_null();

  [[nodiscard]] bool is_online(unsigned cpu) const { return online_.is_online(cpu); }
  /// cpu_is_isolated(): no work is queued there.
  [[nodiscard]] bool is_isolated(unsigned cpu) const {
    return (isolated_.load(order::relaxed) >> cpu & 1U) != 0;
  }
  void isolate(unsigned cpu) { isolated_.fetch_or(1U << cpu, order::relaxed); }
  void end_isolation(unsigned cpu) { isolated_.fetch_and(~(1U << cpu), order::relaxed); }

  kernel::percpu_work<explored_atomics>& work() { return work_; }
  kernel::rcu<explored_atomics>& rcu() { return rcu_; }

 private:
  const kernel::cpu_mask<explored_atomics>& online_;
  kernel::percpu_work<explored_atomics> work_;
  kernel::rcu<explored_atomics> rcu_;
  explored_atomics::atomic<unsigned> isolated_{0};
};

}  // namespace stockcheck::source
