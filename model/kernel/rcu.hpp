// SPDX-License-Identifier: GPL-2.0-only
// RCU: read sections, synchronize_rcu() and kfree_rcu().
#pragma once

#include "model/kernel/machine.hpp"

#include <array>
#include <cstddef>
#include <optional>

namespace stockcheck::kernel {

/// What a section did happens before the end of a grace period that had to wait for it, and what
/// came before the grace period's beginning happens before every section that it did not wait for.
/// A section begins with a full barrier here, which it does not in the kernel: reorderings across
/// that point are not seen. Thread-safe.
template <atomics_policy A>
class rcu {
 public:
  static constexpr std::size_t max_tasks = 4;

  rcu() {
    for (auto& nesting : readers_) A::label(nesting, "rcu", "reader");
  }
  rcu(const rcu&) = delete;
  rcu& operator=(const rcu&) = delete;

  /// rcu_read_lock() and rcu_read_unlock(). Sections nest.
  class read_section {
   public:
    explicit read_section(rcu& of, location at = location::current())
        : nesting_(of.readers_[slot()]), at_(at) {
      nesting_.fetch_add(1, order::full, at_);
    }
    read_section(const read_section&) = delete;
    read_section& operator=(const read_section&) = delete;
    ~read_section() { nesting_.fetch_sub(1, order::release, at_); }

   private:
    typename A::template atomic<int>& nesting_;
    location at_;
  };

  /// What preemption that is off is besides, and interrupts: a read section. Where nobody waits for
  /// it to end it does nothing, so that it adds no barrier there.
  class implied_section {
   public:
    explicit implied_section(rcu& of, location at = location::current()) {
      if (of.is_waited_for()) section_.emplace(of, at);
    }

   private:
    std::optional<read_section> section_;
  };

  /// Returns when every read section has ended that had begun before. Not in a read section.
  void synchronize(location at = location::current()) {
    A::fence(order::full, at);
    for (auto& nesting : readers_)
      A::await([&] { return nesting.load(order::acquire, at) == 0; }, at);
    A::fence(order::full, at);
  }

 private:
  using counter = typename A::template atomic<int>;

  /// While the machine boots or is quiet nobody waits for anybody.
  static std::size_t slot() { return machine<A>::current().is_booting() ? max_tasks : A::task(); }

  [[nodiscard]] bool is_waited_for() const {
    if (machine<A>::current().is_booting()) return false;
    if constexpr (requires(const counter& of) { of.concerns_others(); })
      return readers_[slot()].concerns_others();
    return true;
  }

  std::array<counter, max_tasks + 1> readers_;
};

}  // namespace stockcheck::kernel
