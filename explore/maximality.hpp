// SPDX-License-Identifier: GPL-2.0-only
// Maximal extension: the condition under which a write may revisit a read, so that every execution
// graph is reached on exactly one way (TruSt: Kokologiannakis, Marmanis, Gladstein, Vafeiadis,
// "Truly Stateless, Optimal Dynamic Partial Order Reduction", POPL 2022, section 3).
#pragma once

#include "explore/execution_graph.hpp"

namespace stockcheck::explore {

/// Whether the algorithm would add `x` as it is now after everything that stays when `revisiting`
/// revisits a read with the stamp of `x` or below: a read reads the latest write of those, a write
/// is the latest one. `revisiting` is not placed in its coherence order, and everything newer than
/// `x` that does not stay was found to be maximally added.
///
/// The paper also demands that the source of a read stays, and that a write which goes is not read
/// by what stays. Both follow here. Only a revisit gives a read a newer source, and marks it as not
/// maximal: a source that goes was looked at before its reader; and a write that goes has no reader
/// that is older, while one in the prefix of `revisiting` would have the write there as well.
[[nodiscard]] bool is_maximally_added(const execution_graph& graph, const event& x,
                                      const event& revisiting);

}  // namespace stockcheck::explore
