// SPDX-License-Identifier: GPL-2.0-only
// local_irq_save(), local_bh_disable() and their counterparts as guards.
#pragma once

#include "model/kernel/preempt.hpp"

namespace stockcheck::kernel {

/// The last point at which handlers may come that the section behind it keeps away. They matter: it
/// is where what they share with the section is not in use.
template <atomics_policy A>
location before_section(location at) {
  machine<A>::current().interrupt_point([] { return true; });
  return at;
}

/// local_irq_save() and local_irq_restore(): while it lives no handler interrupts the task, and it
/// keeps its CPU. Guards nest.
template <atomics_policy A>
class irq_guard {
 public:
  explicit irq_guard(location at = location::current()) : preempt_off_(before_section<A>(at)) {
    ++state().irqs_off;
    barrier();
  }
  irq_guard(const irq_guard&) = delete;
  irq_guard& operator=(const irq_guard&) = delete;
  ~irq_guard() {
    barrier();
    --state().irqs_off;
    machine<A>::current().run_pending(machine<A>::current().self());
  }

 private:
  static interrupt_state& state() { return machine<A>::current().self().interrupts; }

  preempt_guard<A> preempt_off_;
};

/// local_bh_disable() and local_bh_enable(): no softirq, and the task keeps its CPU.
template <atomics_policy A>
class bh_guard {
 public:
  explicit bh_guard(location at = location::current()) : preempt_off_(before_section<A>(at)) {
    ++state().softirqs_off;
    barrier();
  }
  bh_guard(const bh_guard&) = delete;
  bh_guard& operator=(const bh_guard&) = delete;
  ~bh_guard() {
    barrier();
    --state().softirqs_off;
    machine<A>::current().run_pending(machine<A>::current().self());
  }

 private:
  static interrupt_state& state() { return machine<A>::current().self().interrupts; }

  preempt_guard<A> preempt_off_;
};

/// in_task(): no handler is running.
template <atomics_policy A>
bool in_task() {
  return machine<A>::current().self().interrupts.now == context::task;
}

}  // namespace stockcheck::kernel
