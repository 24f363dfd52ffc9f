// SPDX-License-Identifier: GPL-2.0-only
// A barrier for a fixed party of threads that meet very often.
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>

namespace stockcheck::harness {

/// Spins for a moment before it yields: rounds are shorter than a system call, but there may be
/// more threads than processors. Sequentially consistent; what was done before the gate is visible
/// after it.
class round_gate {
 public:
  explicit round_gate(unsigned party) : party_(party) {}

  /// Returns once all threads of the party have called it in this round.
  void meet() {
    const std::uint64_t round = round_.load();
    if (arrived_.fetch_add(1) + 1 == party_) {
      arrived_.store(0);
      round_.store(round + 1);
      return;
    }
    for (unsigned spins = 0; round_.load() == round; ++spins)
      if (spins >= spin_limit) std::this_thread::yield();
  }

 private:
  static constexpr unsigned spin_limit = 200;
  unsigned party_;
  alignas(64) std::atomic<unsigned> arrived_{0};
  alignas(64) std::atomic<std::uint64_t> round_{0};
};

}  // namespace stockcheck::harness
