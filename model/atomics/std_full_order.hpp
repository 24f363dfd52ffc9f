// SPDX-License-Identifier: GPL-2.0-only
// order::full on std::atomic: the kernel's fully ordered RMW at the lowest cost each machine
// allows.
#pragma once

#include "model/atomics/order.hpp"

#include <atomic>

namespace stockcheck {

/// The C++ order of an access. `full` has no counterpart; see ordered().
[[gnu::always_inline]] constexpr std::memory_order to_std(order o) noexcept {
  switch (o) {
    case order::relaxed: return std::memory_order_relaxed;
    case order::acquire: return std::memory_order_acquire;
    case order::release: return std::memory_order_release;
    case order::acq_rel: return std::memory_order_acq_rel;
    case order::seq_cst:
    case order::full: break;
  }
  return std::memory_order_seq_cst;
}

/// A thread fence. ThreadSanitizer does not know fences (GCC refuses them), so that a build with it
/// uses a seq_cst RMW on a location of its own: a full barrier on the machine, an edge for TSan.
[[gnu::always_inline]] inline void std_fence(std::memory_order order) noexcept {
#if defined(__SANITIZE_THREAD__)
  static std::atomic<int> fence_cell;
  (void)order;
  fence_cell.fetch_add(0, std::memory_order_seq_cst);
#else
  std::atomic_thread_fence(order);
#endif
}

/// Whether a seq_cst RMW of this machine is itself a full barrier before and after:
/// x86 LOCK-prefixed instructions are; an AArch64 LSE instruction with acquire and release is
/// (aarch64.cat: bob includes `po; [A]; amo; [L]; po`); an LL/SC loop is not.
#if defined(__x86_64__) || (defined(__aarch64__) && defined(__ARM_FEATURE_ATOMICS))
inline constexpr bool seq_cst_rmw_is_full = true;
#else
inline constexpr bool seq_cst_rmw_is_full = false;
#endif

/// Performs `rmw` with the given order; for order::full with a full barrier before and after.
/// A failing compare-exchange may come out stronger than the kernel's, never weaker.
template <class Rmw>
[[gnu::always_inline]] inline auto ordered(order o, Rmw rmw) noexcept {
  if (o != order::full) return rmw(to_std(o));
  if constexpr (seq_cst_rmw_is_full) {
    // The signal fences cost nothing; they forbid the compiler what the machine already does.
    std::atomic_signal_fence(std::memory_order_seq_cst);
    const auto result = rmw(std::memory_order_seq_cst);
    std::atomic_signal_fence(std::memory_order_seq_cst);
    return result;
  } else {
    std_fence(std::memory_order_seq_cst);
    const auto result = rmw(std::memory_order_relaxed);
    std_fence(std::memory_order_seq_cst);
    return result;
  }
}

}  // namespace stockcheck
