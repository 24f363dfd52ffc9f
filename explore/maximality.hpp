// Maximal extension: the condition under which a write may revisit a read, so that every execution
// graph is reached on exactly one way (TruSt: Kokologiannakis, Marmanis, Gladstein, Vafeiadis,
// "Truly Stateless, Optimal Dynamic Partial Order Reduction", POPL 2022, section 3).
#pragma once

#include "explore/execution_graph.hpp"

namespace stockcheck::explore {

/// Whether the algorithm would add `x` as it is now after everything that stays when `revisiting`
/// revisits a read with the stamp of `x` or below: the read reads the latest write of those, and
/// the write is the latest one and unread. `revisiting` is not placed in its coherence order.
[[nodiscard]] bool is_maximally_added(const execution_graph& graph, const event& x,
                                      const event& revisiting);

}  // namespace stockcheck::explore
