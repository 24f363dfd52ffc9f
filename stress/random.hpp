// SPDX-License-Identifier: GPL-2.0-only
// A small, fast source of numbers for the hot path of a stress run.
#pragma once

#include <bit>
#include <cstdint>

namespace stockcheck::stress {

/// SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
/// Eight bytes of state and no division; what a std engine and distribution cost would be a large
/// part of a charge. Not thread-safe: one for each thread.
class random_numbers {
 public:
  /// The stream-th of independent sources that one seed gives.
  random_numbers(std::uint64_t seed, std::uint64_t stream) : state_(mix(mix(seed) + stream)) {}

  std::uint64_t next() { return mix(state_ += step); }

  /// A number in [0, bound), bound above 0. Exactly uniform for powers of two; otherwise one number
  /// may be more likely than another by about bound / 2^32 of its share, by bound / 2^64 above
  /// 2^32.
  std::uint64_t below(std::uint64_t bound) {
    if (std::has_single_bit(bound)) return next() & (bound - 1);
    if (bound <= high_half) return ((next() >> 32U) * bound) >> 32U;
    return next() % bound;
  }

 private:
  static constexpr std::uint64_t step = 0x9e3779b97f4a7c15U;
  static constexpr std::uint64_t high_half = 1ULL << 32U;

  static constexpr std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
  }

  std::uint64_t state_;
};

}  // namespace stockcheck::stress
