// SPDX-License-Identifier: GPL-2.0-only
// Happens-before of C++20 as views (RC11, section 3 of Lahav et al., PLDI 2017, with the release
// sequences of C++20: only updates continue one).
#pragma once

#include "explore/execution_graph.hpp"

namespace stockcheck::explore {

/// Sets all views of an event from its predecessor and from what it reads. An event whose source is
/// not known yet (`no_event`) gets the views of one that synchronises with nothing.
void compute_views(const execution_graph& graph, event& e);

/// Returns what happens before the next event of a thread; `barrier` says that it is fully ordered.
[[nodiscard]] view happens_before_next(const execution_graph& graph, std::size_t thread,
                                       bool barrier);

}  // namespace stockcheck::explore
