// Per-CPU data: one copy for every possible CPU.
#pragma once

#include "model/kernel/preempt.hpp"

#include <array>
#include <cstddef>
#include <vector>

namespace stockcheck::kernel {

/// What alloc_percpu() returns. The copies are zeroed, that is value-initialised.
template <atomics_policy A, class T>
class per_cpu {
 public:
  explicit per_cpu(unsigned nr_cpus) : copies_(nr_cpus) {}

  T& on(unsigned cpu) { return copies_[cpu].value; }
  /// Needs preemption off.
  T& this_cpu(location at = location::current()) { return on(smp_processor_id<A>(at)); }

 private:
  static constexpr std::size_t cache_line = 64;
  struct copy {
    T value{};
    // Padding, not alignment: two copies must not share a cache line, wherever the first starts.
    std::array<std::byte, cache_line - sizeof(T) % cache_line> padding{};
  };

  std::vector<copy> copies_;
};

/// Null when the allocation fails, which the machine may be told to let happen.
template <class T, atomics_policy A>
per_cpu<A, T>* alloc_percpu() {
  machine<A>& running_on = machine<A>::current();
  if (running_on.allocation_fails()) return nullptr;
  return A::template make<per_cpu<A, T>>(running_on.nr_cpus());
}

template <atomics_policy A, class T>
void free_percpu(per_cpu<A, T>* allocated, location at = location::current()) {
  A::destroy(allocated, at);
}

}  // namespace stockcheck::kernel
