// SPDX-License-Identifier: GPL-2.0-only
// The source of numbers of the hot path.
#include "stress/random.hpp"

#include <doctest/doctest.h>

#include <array>

namespace stockcheck::stress {

TEST_CASE("the same seed and stream give the same numbers, another stream gives others") {
  random_numbers first{7, 1};
  random_numbers again{7, 1};
  random_numbers other{7, 2};
  bool differs = false;
  for (int i = 0; i < 100; ++i) {
    const std::uint64_t number = first.next();
    CHECK(number == again.next());
    differs = differs || number != other.next();
  }
  CHECK(differs);
}

TEST_CASE("below() reaches every number under its bound and none above") {
  random_numbers random{1, 0};
  for (const std::uint64_t bound : {1U, 2U, 3U, 8U, 10U}) {
    std::array<unsigned, 10> seen{};
    for (int i = 0; i < 1000; ++i) {
      const std::uint64_t number = random.below(bound);
      REQUIRE(number < bound);
      ++seen.at(number);
    }
    for (std::uint64_t n = 0; n < bound; ++n) CHECK(seen.at(n) > 0);
  }
}

TEST_CASE("below() covers bounds above 32 bits") {
  random_numbers random{1, 0};
  const std::uint64_t bound = (1ULL << 40U) + 1;
  bool large = false;
  for (int i = 0; i < 1000; ++i) {
    const std::uint64_t number = random.below(bound);
    REQUIRE(number < bound);
    large = large || number > (1ULL << 39U);
  }
  CHECK(large);
}

}  // namespace stockcheck::stress
