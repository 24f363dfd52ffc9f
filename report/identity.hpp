// SPDX-License-Identifier: GPL-2.0-only
// What makes two findings the same one.
#pragma once

#include "report/result.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

namespace stockcheck::report {

/// The numbers of a finding: " (usage 1, limit 2)". Large ones say how often something happened, or
/// are made from such, and differ from run to run; small ones tell two ends of a scenario apart.
inline std::string small_numbers_of(const finding& of) {
  constexpr long small = 64;
  std::string text;
  for (const number& n : of.numbers) {
    text += text.empty() ? " (" : ", ";
    text += -small < n.value && n.value < small ? fmt::format("{} {}", n.name, n.value)
                                                : fmt::format("{} many", n.name);
  }
  return text.empty() ? text : text + ")";
}

/// Findings of the same cause, with the same end, have one identity.
inline std::string identity_of(const finding& of) { return of.signature + small_numbers_of(of); }

/// Adds a known finding, unless it is there already.
inline void keep_one_of_each(std::vector<known_finding>& kept, const known_finding& seen) {
  const std::string identity = identity_of(seen.finding);
  if (std::ranges::none_of(
          kept, [&](const known_finding& other) { return identity_of(other.finding) == identity; }))
    kept.push_back(seen);
}

}  // namespace stockcheck::report
