// SPDX-License-Identifier: GPL-2.0-only
// Data races, uses of memory that is not alive, and reads of what nobody wrote, seen in a graph.
#pragma once

#include "explore/engine_finding.hpp"
#include "explore/execution_graph.hpp"

#include <optional>
#include <vector>

namespace stockcheck::explore {

/// Looks at the last event of a thread, new or with a new source, against all others. In a graph
/// whose events were all looked at like that nothing stays unnoticed: what two events have to do
/// with each other shows when the later one of the two is added.
[[nodiscard]] std::optional<engine_finding> find_memory_error(const execution_graph& graph,
                                                              event_id latest);
/// All that there are in a graph, whoever looked at it before: for each access and each free the
/// first one that it has with what is older.
[[nodiscard]] std::vector<engine_finding> find_memory_errors(const execution_graph& graph);

}  // namespace stockcheck::explore
