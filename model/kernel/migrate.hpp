// SPDX-License-Identifier: GPL-2.0-only
// migrate_disable() and migrate_enable() as a guard.
#pragma once

#include "model/kernel/preempt.hpp"

#include <utility>

namespace stockcheck::kernel {

/// While it lives the task stays on its CPU, but can be preempted there. Guards nest.
template <atomics_policy A>
class migrate_guard {
 public:
  explicit migrate_guard(location at = location::current())
      : self_(machine<A>::current().self()),
        cpu_(settle(at)),
        migrations_(std::exchange(self_.where.migrations, 0)) {}
  migrate_guard(const migrate_guard&) = delete;
  migrate_guard& operator=(const migrate_guard&) = delete;
  ~migrate_guard() { self_.where.migrations = migrations_; }

  /// Where the task is as long as the guard lives.
  [[nodiscard]] unsigned cpu() const { return cpu_; }

 private:
  /// The last chance to be moved.
  unsigned settle(location at) {
    if (self_.where.migrations == 0) return self_.where.cpu;
    const preempt_guard<A> preempt_off(at);
    return self_.where.cpu;
  }

  typename machine<A>::task_state& self_;
  unsigned cpu_;
  unsigned migrations_;
};

}  // namespace stockcheck::kernel
