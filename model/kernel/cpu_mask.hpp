// cpu_online_mask, and what happens when a CPU goes offline.
#pragma once

#include "model/kernel/machine.hpp"

namespace stockcheck::kernel {

/// Which CPUs are online. A scenario takes a CPU down by a task that calls take_down(); no other
/// task of it runs on that CPU any more (the kernel has moved them away before the dead callbacks).
template <atomics_policy A>
class cpu_mask {
 public:
  explicit cpu_mask(unsigned nr_cpus) : online_((1U << nr_cpus) - 1) {
    A::label(online_, "cpu", "online mask");
  }

  [[nodiscard]] bool is_online(unsigned cpu, location at = location::current()) const {
    return (online_.load(order::relaxed, at) >> cpu & 1U) != 0;
  }
  /// Removes the CPU from the mask; then `dead` runs on the calling task's CPU, as the callbacks
  /// from CPUHP_..._DEAD on do.
  template <class Dead>
  void take_down(unsigned cpu, Dead dead, location at = location::current()) {
    online_.fetch_and(~(1U << cpu), order::full, at);
    dead(cpu);
  }
  void bring_up(unsigned cpu, location at = location::current()) {
    online_.fetch_or(1U << cpu, order::full, at);
  }

 private:
  typename A::template atomic<unsigned> online_;
};

}  // namespace stockcheck::kernel
