// SPDX-License-Identifier: GPL-2.0-only
// The memory models: which execution graphs are consistent.
//
// All forbid cycles of program order and reads-from (no value out of thin air, no load buffering),
// demand coherence of each location and atomicity of updates. A model to come adds its words to
// vocabulary.hpp, and here its view for coherence and its function for cycles.
#pragma once

#include "explore/execution_graph.hpp"
#include "explore/vocabulary.hpp"

namespace stockcheck::explore {

/// What coherence orders before an event: happens-before in RC11. In SC and TSO every path of
/// program order and reads-from between two accesses of one location orders them.
[[nodiscard]] inline const view& coherence_view(memory_model model, const event& e) {
  return model == memory_model::rc11 ? e.happens_before : e.porf;
}

/// The oldest place in coherence order that an access may read from, or above which it may write,
/// if the accesses in `before` come before it: -1 is the initial write.
[[nodiscard]] int oldest_coherent(const execution_graph& graph, location_id location,
                                  const view& before);

/// Whether the graph is consistent, given that it was before `changed` got its place or its source.
/// `changed` is the last event of its thread, and nothing that is there reads from it unless it was
/// just given that source.
[[nodiscard]] bool is_consistent(memory_model model, const execution_graph& graph,
                                 event_id changed);

// One for each model; `x` has something behind it in coherence order.

/// acyclic(po u rf u co u fr): Lamport's sequential consistency.
[[nodiscard]] bool has_sc_cycle(const execution_graph& graph, const event& x);
/// acyclic(ppo u fences u rfe u co u fr): x86-TSO (Owens, Sarkar, Sewell 2009) in the form of
/// Alglave et al. 2014.
[[nodiscard]] bool has_tso_cycle(const execution_graph& graph, const event& x);
/// acyclic(psc_base u psc_fence): RC11, section 3.
[[nodiscard]] bool has_psc_cycle(const execution_graph& graph);

}  // namespace stockcheck::explore
