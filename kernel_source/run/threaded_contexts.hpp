// SPDX-License-Identifier: GPL-2.0-only
// The contexts of the kernel's code on real threads.
#pragma once

#include "kernel_source/run/contexts_on.hpp"
#include "kernel_source/run/threaded_memory.hpp"
#include "model/atomics/std_atomics.hpp"

#include <atomic>
#include <thread>

namespace stockcheck::kernel_source {

/// A lock is waited for by asking again and again.
struct real_threads {
  using atomics = std_atomics;

  static platform& on() { return threaded_platform(); }
  static void lock(void* lock, const explore_site* at) {
    while (!try_lock(lock, at)) std::this_thread::yield();
  }
  static bool try_lock(void* lock, const explore_site*) {
    return word(lock).exchange(1, std::memory_order_acquire) == 0;
  }
  static void unlock(void* lock, const explore_site*) {
    word(lock).store(0, std::memory_order_release);
  }

 private:
  static std::atomic_ref<unsigned> word(void* lock) {
    return std::atomic_ref{*static_cast<unsigned*>(lock)};
  }
};

using threaded_contexts = contexts_on<real_threads>;

}  // namespace stockcheck::kernel_source
