// SPDX-License-Identifier: GPL-2.0-only
// local_lock_t and local_trylock_t: locks of a CPU against itself.
//
// Outside of PREEMPT_RT a local lock is no lock: it keeps the task on its CPU and others away from
// there, and local_lock_irqsave() keeps handlers away as well. local_trylock_t (Linux 6.15) leaves
// interrupts on; what comes in between finds a flag, and does without the lock.
#pragma once

#include "model/kernel/irq.hpp"

namespace stockcheck::kernel {

/// local_lock_irqsave(): as long as it lives the CPU's data is this task's alone.
template <atomics_policy A>
using local_lock_irqsave = irq_guard<A>;

/// The flag of one CPU. A member of the per-CPU data that it protects.
template <atomics_policy A>
class local_trylock_t {
 public:
  local_trylock_t() = default;

 private:
  template <atomics_policy>
  friend class local_trylock_guard;

  typename A::template plain<int> acquired_{0};
};

/// A section that has, or could not get, the local_trylock_t of the CPU it runs on. The flag is
/// found by `of(cpu)`, because only with preemption off it is clear which CPU that is.
template <atomics_policy A>
class local_trylock_guard {
 public:
  /// local_trylock(): does not wait. Fails exactly when what was interrupted holds the lock.
  template <class Of>
  explicit local_trylock_guard(Of of, location at = location::current()) : preempt_off_(at) {
    local_trylock_t<A>& lock = of(smp_processor_id<A>(at));
    if (lock.acquired_.load(at) != 0) return;
    lock.acquired_.store(1, at);
    barrier();
    held_ = &lock;
    at_ = at;
  }
  local_trylock_guard(const local_trylock_guard&) = delete;
  local_trylock_guard& operator=(const local_trylock_guard&) = delete;
  ~local_trylock_guard() {
    if (held_ == nullptr) return;
    barrier();
    held_->acquired_.store(0, at_);
  }

  [[nodiscard]] bool owns_lock() const { return held_ != nullptr; }

 private:
  preempt_guard<A> preempt_off_;
  local_trylock_t<A>* held_ = nullptr;
  location at_;
};

}  // namespace stockcheck::kernel
