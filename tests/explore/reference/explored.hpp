// SPDX-License-Identifier: GPL-2.0-only
// What tests of the reference ask of an enumeration.
#pragma once

#include "tests/explore/reference/enumerator.hpp"

#include <algorithm>
#include <array>

namespace stockcheck::explore::reference {

inline constexpr std::array all_models{memory_model::sc, memory_model::tso, memory_model::rc11};

/// The numbers of complete executions under sc, tso and rc11.
using counts = std::array<std::size_t, 3>;

inline counts complete_counts(const litmus_program& program) {
  counts numbers{};
  std::ranges::transform(all_models, numbers.begin(), [&program](memory_model model) {
    return enumerate(program, model).complete.size();
  });
  return numbers;
}

inline constexpr counts same_under_all(std::size_t number) { return {number, number, number}; }

/// Every value that `graph` reads, thread by thread.
inline std::vector<value_type> values_read(const canonical_graph& graph) {
  std::vector<value_type> values;
  for (const auto& events : graph.threads) {
    for (const graph_event& event : events) {
      if (event.kind == event_kind::read || event.kind == event_kind::update) {
        values.push_back(event.read);
      }
    }
  }
  return values;
}

/// Whether `program` can come to its end having read `values`, thread by thread.
inline bool can_read(const litmus_program& program, memory_model model,
                     const std::vector<value_type>& values) {
  return std::ranges::any_of(enumerate(program, model).complete, [&](const canonical_graph& graph) {
    return values_read(graph) == values;
  });
}

}  // namespace stockcheck::explore::reference
