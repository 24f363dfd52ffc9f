// SPDX-License-Identifier: GPL-2.0-only
// Per-CPU data: one copy for every possible CPU.
#pragma once

#include "model/kernel/preempt.hpp"

#include <array>
#include <cstddef>

namespace stockcheck::kernel {

/// What alloc_percpu() returns. The copies are zeroed, that is value-initialised.
template <atomics_policy A, class T>
class per_cpu {
 public:
  explicit per_cpu(unsigned nr_cpus, location at = location::current())
      : nr_cpus_(nr_cpus), copies_(A::template make_array<copy>(nr_cpus, at)), freed_at_(at) {}
  per_cpu(const per_cpu&) = delete;
  per_cpu& operator=(const per_cpu&) = delete;
  ~per_cpu() { A::destroy_array(copies_, nr_cpus_, freed_at_); }

  T& on(unsigned cpu) { return copies_[cpu].value; }
  /// Needs preemption off.
  T& this_cpu(location at = location::current()) { return on(smp_processor_id<A>(at)); }
  /// Who frees it, for reports.
  void will_be_freed(location at) { freed_at_ = at; }

 private:
  static constexpr std::size_t cache_line = 64;
  struct copy {
    T value{};
    // Padding, not alignment: two copies must not share a cache line, wherever the first starts.
    std::array<std::byte, cache_line - sizeof(T) % cache_line> padding{};
  };

  unsigned nr_cpus_;
  copy* copies_;
  location freed_at_;
};

/// Null when the allocation fails, which the machine may be told to let happen.
template <class T, atomics_policy A>
per_cpu<A, T>* alloc_percpu(location at = location::current()) {
  machine<A>& running_on = machine<A>::current();
  if (running_on.allocation_fails()) return nullptr;
  return A::template make<per_cpu<A, T>>(running_on.nr_cpus(), at);
}

template <atomics_policy A, class T>
void free_percpu(per_cpu<A, T>* allocated, location at = location::current()) {
  if (allocated != nullptr) allocated->will_be_freed(at);
  A::destroy(allocated, at);
}

}  // namespace stockcheck::kernel
