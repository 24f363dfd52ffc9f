// SPDX-License-Identifier: GPL-2.0-only
// The sections that a task is in, of one kind.
#pragma once

#include "model/atomics/order.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <new>
#include <utility>

namespace stockcheck::kernel_source {

/// preempt_disable() and its like, which are no guards in C: those that a task is in. What an
/// execution left behind when it ended is not destroyed. More than a few in one another are
/// counted only: the outer ones have the effect.
template <class Guard>
class open_sections {
 public:
  template <class... Arguments>
  void enter(Arguments&&... arguments) {
    const std::size_t mine = depth_++;
    std::atomic_signal_fence(std::memory_order_seq_cst);
    if (mine < max_guards)
      ::new (slots_.at(mine).data()) Guard(std::forward<Arguments>(arguments)..., location{});
  }
  /// A handler that comes in between leaves what it finds here as it is.
  void leave() {
    if (depth_ <= max_guards) at(depth_ - 1).~Guard();
    std::atomic_signal_fence(std::memory_order_seq_cst);
    --depth_;
  }
  void forget() { depth_ = 0; }
  [[nodiscard]] bool is_empty() const { return depth_ == 0; }
  [[nodiscard]] std::size_t depth() const { return depth_; }

 private:
  static constexpr std::size_t max_guards = 8;
  struct alignas(Guard) slot : std::array<std::byte, sizeof(Guard)> {};

  Guard& at(std::size_t depth) {
    return *std::launder(reinterpret_cast<Guard*>(slots_.at(depth).data()));
  }

  std::array<slot, max_guards> slots_{};
  std::size_t depth_ = 0;
};

}  // namespace stockcheck::kernel_source
