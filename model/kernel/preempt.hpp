// SPDX-License-Identifier: GPL-2.0-only
// preempt_disable() and preempt_enable() as a guard, and what is allowed under it.
#pragma once

#include "model/kernel/machine.hpp"

namespace stockcheck::kernel {

/// While it lives the task stays on its CPU and no other task runs there; tasks on other CPUs do.
/// Guards nest.
///
/// A task may have been moved to another CPU up to the moment preemption goes off, and only then
/// does it matter on which CPU it is: that is where the checker chooses a migration.
template <atomics_policy A>
class preempt_guard {
 public:
  explicit preempt_guard(location at = location::current())
      : machine_(machine<A>::current()), self_(machine_.self()), at_(at) {
    if (self_.preempt_depth > 0) {
      ++self_.preempt_depth;
      return;
    }
    if (!machine_.has_shared_cpus()) {
      ++self_.preempt_depth;
      return;
    }
    machine_.hold_signals(self_);
    maybe_migrate();
    machine_.run_queue(self_.where.cpu).lock(at_);
    ++self_.preempt_depth;
    machine_.let_signals_in(self_);
    machine_.run_pending(self_);
  }
  preempt_guard(const preempt_guard&) = delete;
  preempt_guard& operator=(const preempt_guard&) = delete;
  ~preempt_guard() {
    if (self_.preempt_depth > 1 || !machine_.has_shared_cpus()) {
      --self_.preempt_depth;
      return;
    }
    // An interrupt may come before the CPU is given back, but not without it.
    machine_.hold_signals(self_);
    machine_.run_queue(self_.where.cpu).unlock(at_);
    --self_.preempt_depth;
    machine_.let_signals_in(self_);
    machine_.run_pending(self_);
  }

 private:
  void maybe_migrate() {
    if (self_.where.migrations == 0) return;
    const unsigned target = A::choose(machine_.nr_cpus());
    if (target == self_.where.cpu) return;
    self_.where.cpu = target;
    --self_.where.migrations;
    if constexpr (requires { A::moved_to(target); }) A::moved_to(target);
  }

  machine<A>& machine_;
  typename machine<A>::task_state& self_;
  location at_;
};

/// The CPU of the running task. Asking with preemption on is a finding: the answer may be outdated
/// before it is used (the kernel's debug_smp_processor_id()).
template <atomics_policy A>
unsigned smp_processor_id(location at = location::current()) {
  const auto& self = machine<A>::current().self();
  A::expect(self.preempt_depth > 0, oracle::scenario, "smp_processor_id() in preemptible code", {},
            at);
  return self.where.cpu;
}

}  // namespace stockcheck::kernel
