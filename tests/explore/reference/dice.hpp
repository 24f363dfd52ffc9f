// SPDX-License-Identifier: GPL-2.0-only
// Random decisions that are the same for a seed with every standard library.
#pragma once

#include "tests/explore/reference/litmus_program.hpp"

#include <cstddef>
#include <initializer_list>
#include <random>

namespace stockcheck::explore::reference {

/// A seeded source of small decisions.
class dice {
 public:
  explicit dice(std::uint64_t seed) : engine_{seed} {}

  /// A number in [0, bound). The bias of the remainder does not matter for small bounds.
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(engine_() % bound); }

  /// A number in [low, high].
  std::uint32_t between(std::uint32_t low, std::uint32_t high) {
    return low + below(high - low + 1);
  }

  bool percent(std::uint32_t chance) { return below(100) < chance; }

  template <class T>
  T pick(std::initializer_list<T> items) {
    return items.begin()[below(static_cast<std::uint32_t>(items.size()))];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace stockcheck::explore::reference
