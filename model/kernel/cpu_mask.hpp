// SPDX-License-Identifier: GPL-2.0-only
// cpu_online_mask, and what happens when a CPU goes offline.
#pragma once

#include "model/kernel/machine.hpp"

#include <bit>

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
  /// Where work that was queued on a CPU runs: there or, if it is offline, on another one.
  [[nodiscard]] unsigned worker_of(unsigned cpu, location at = location::current()) const {
    const unsigned online = online_.load(order::relaxed, at);
    if ((online >> cpu & 1U) != 0) return cpu;
    return static_cast<unsigned>(std::countr_zero(online));
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
