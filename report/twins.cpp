// SPDX-License-Identifier: GPL-2.0-only
#include "report/twins.hpp"

#include <algorithm>
#include <array>

namespace stockcheck::report {

namespace {

/// Stocks of one slot, and what later kernels have in their place.
struct pair_of_algorithms {
  std::string_view one;
  std::string_view other;
};
constexpr std::array pairs{pair_of_algorithms{"one_slot_stock", "seven_slot_stock"},
                           pair_of_algorithms{"obj_stock", "multi_obj_stock"}};

}  // namespace

bool are_twins(std::string_view one, std::string_view other) {
  const std::size_t slash = one.find('/');
  const std::size_t other_slash = other.find('/');
  if (slash == std::string_view::npos || other_slash == std::string_view::npos) return false;
  if (one.substr(slash) != other.substr(other_slash)) return false;
  const std::string_view algorithm = one.substr(0, slash);
  const std::string_view others = other.substr(0, other_slash);
  return std::ranges::any_of(pairs, [&](const pair_of_algorithms& p) {
    return (p.one == algorithm && p.other == others) || (p.one == others && p.other == algorithm);
  });
}

}  // namespace stockcheck::report
