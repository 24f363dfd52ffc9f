// SPDX-License-Identifier: GPL-2.0-only
// Counted final states as outcomes of a result.
#pragma once

#include "checks/base/final_state.hpp"
#include "report/result.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace stockcheck::harness {

/// "task 0: try_charge=1 | root: usage=2 stock=1"
inline std::string text_of(const checks::final_state& state) {
  std::string text;
  std::string_view owner;
  for (const auto& entry : state.entries()) {
    if (owner != entry.owner) {
      owner = entry.owner;
      text += fmt::format("{}{}:", text.empty() ? "" : " | ", owner);
    }
    text += fmt::format(" {}={}", entry.name, entry.value);
  }
  return text;
}

/// Most frequent first; equally frequent ones by their text.
inline std::vector<report::outcome> in_order(std::vector<report::outcome> outcomes) {
  std::ranges::sort(outcomes, [](const auto& a, const auto& b) {
    return std::tie(b.count, a.state) < std::tie(a.count, b.state);
  });
  return outcomes;
}

/// `counts` maps a final_state to how often an execution ended there.
template <class Counts>
std::vector<report::outcome> outcomes_of(const Counts& counts) {
  std::vector<report::outcome> outcomes;
  outcomes.reserve(counts.size());
  for (const auto& [state, count] : counts) outcomes.push_back({text_of(state), count});
  return in_order(std::move(outcomes));
}

}  // namespace stockcheck::harness
