// SPDX-License-Identifier: GPL-2.0-only
#include "explore/memory_model.hpp"

#include "explore/rule.hpp"

#include <algorithm>

namespace stockcheck::explore {

int oldest_coherent(const execution_graph& graph, location_id location, const view& before) {
  const execution_graph::accesses& at = graph.at(location);
  int oldest = static_cast<int>(at.coherence.size()) - 1;
  while (oldest >= 0 && !before.contains(at.coherence[static_cast<std::size_t>(oldest)])) --oldest;
  const int latest = static_cast<int>(at.coherence.size()) - 1;
  if (oldest == latest) return oldest;
  for (const event_id id : at.all) {
    const event& e = graph[id];
    if (e.kind == event_kind::read && !e.reads_from.is_none() && before.contains(id))
      oldest = std::max(oldest, graph.co_index(e.reads_from));
  }
  return oldest;
}

bool is_consistent(memory_model model, const execution_graph& graph, event_id changed) {
  const event& x = graph[changed];
  const int place = x.writes() ? graph.co_index(changed) : graph.co_index(x.reads_from);
  const auto latest = static_cast<int>(graph.at(x.location).coherence.size()) - 1;
  // Nothing is behind it: no cycle can pass through it.
  if (place == latest) return true;

  view before = coherence_view(model, x);
  before.exclude(changed);
  const int oldest = oldest_coherent(graph, x.location, before);
  if (holds(rule::coherence) && (x.writes() ? place <= oldest : place < oldest)) return false;

  switch (model) {
    case memory_model::sc: return !holds(rule::sc_cycles) || !has_sc_cycle(graph, x);
    case memory_model::tso: return !holds(rule::tso_cycles) || !has_tso_cycle(graph, x);
    case memory_model::rc11: break;
  }
  // Every cycle of psc is one of SC, which is cheaper to look for.
  return !graph.has_sequential_consistency() || !has_sc_cycle(graph, x) || !has_psc_cycle(graph);
}

}  // namespace stockcheck::explore
