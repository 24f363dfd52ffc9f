// SPDX-License-Identifier: GPL-2.0-only
// The contexts of the kernel's code on the exploration engine.
#pragma once

#include "kernel_source/run/contexts_on.hpp"
#include "kernel_source/run/explored_memory.hpp"

namespace stockcheck::kernel_source {

/// Every lock is a point at which interrupts may come.
struct explored_engine {
  using atomics = explored_atomics;

  static platform& on() { return explored_platform(); }
  static void lock(void* lock, const explore_site* at) {
    before_access(lock, sizeof(unsigned), at);
    explore_lock(lock, at);
  }
  static bool try_lock(void* lock, const explore_site* at) {
    before_access(lock, sizeof(unsigned), at);
    return explore_try_lock(lock, at);
  }
  static void unlock(void* lock, const explore_site* at) {
    before_access(lock, sizeof(unsigned), at);
    explore_unlock(lock, at);
  }
};

using explored_contexts = contexts_on<explored_engine>;

}  // namespace stockcheck::kernel_source
