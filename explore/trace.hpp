// SPDX-License-Identifier: GPL-2.0-only
// An execution to be looked at: where its events stand in the source, and what things are called.
#pragma once

#include "explore/execution_graph.hpp"
#include "explore/site.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace stockcheck::explore {

struct name_range {
  std::uintptr_t begin = 0;
  std::size_t size = 0;
  const char* owner = "";
  const char* name = "";
};

/// A recording is what was written down while a graph was run once more.
struct recording {
  std::array<std::vector<site>, max_threads> sites;  ///< one for each event
  std::vector<name_range> names;
  std::vector<std::uintptr_t> addresses;  ///< one for each location

  [[nodiscard]] site site_of(event_id id) const {
    const auto& of = sites[id.thread];
    return id.index < of.size() ? of[id.index] : site{};
  }
  /// The innermost name of a location; nullptr if it has none.
  [[nodiscard]] const name_range* name_of(location_id location) const;
};

/// The events of a graph as one sequence that agrees with program order and reads-from, and, where
/// it can, with coherence order and what reads must not see: then it is an interleaving. It stays
/// in a thread as long as possible.
[[nodiscard]] std::vector<event_id> linearise(const execution_graph& graph);

}  // namespace stockcheck::explore
