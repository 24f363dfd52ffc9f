// SPDX-License-Identifier: GPL-2.0-only
#include "report/quantity.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string_view>

namespace stockcheck::report {

std::string quantity_text(double value) {
  constexpr std::array<std::string_view, 4> units{"", "k", "M", "G"};
  std::size_t unit = 0;
  for (; unit + 1 < units.size() && std::abs(value) >= 1000; ++unit) value /= 1000;
  if (unit > 0) return fmt::format("{:.1f}{}", value, units.at(unit));
  return value == std::floor(value) ? fmt::format("{:.0f}", value) : fmt::format("{:.2f}", value);
}

}  // namespace stockcheck::report
