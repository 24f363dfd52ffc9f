// SPDX-License-Identifier: GPL-2.0-only
#include "explore/synchronisation.hpp"

#include "explore/rule.hpp"

namespace stockcheck::explore {

namespace {

void begin_views(const execution_graph& graph, event& e) {
  if (const event* const before = graph.predecessor(e.id)) {
    e.happens_before = before->happens_before;
    e.porf = before->porf;
    e.fence_released = before->fence_released;
    e.fence_acquired = before->fence_acquired;
  } else {
    e.happens_before = e.porf = e.fence_released = e.fence_acquired = view{};
  }
  e.porf.include(e.id);
  e.released = view{};
}

void fence_views(event& e) {
  if (acquires(e.order)) e.happens_before.join(e.fence_acquired);
  e.happens_before.include(e.id);
  if (releases(e.order)) e.fence_released = e.happens_before;
}

/// A fully ordered access is a fence, an acq_rel access, and a fence in one event. (With a relaxed
/// access between them, xchg() would be weaker than xchg_acquire() in two ways: it would race with
/// ordinary accesses that the latter is ordered behind, and differ next to seq_cst accesses.)
void access_views(const execution_graph& graph, event& e) {
  const memory_order order =
      holds(rule::failed_update_has_failure_order) ? e.effective_order() : e.order;
  const bool full = order == memory_order::full;
  if (full) e.happens_before.join(e.fence_acquired);
  if (e.reads() && !e.reads_from.is_initial() && !e.reads_from.is_none()) {
    const event& source = graph[e.reads_from];
    e.porf.join(source.porf);
    if (acquires(order)) e.happens_before.join(source.released);
    e.fence_acquired.join(source.released);
    if (e.kind == event_kind::update && holds(rule::release_sequence)) e.released = source.released;
  }
  if (full && holds(rule::second_barrier_is_behind))
    e.happens_before.include_access(e.id);
  else
    e.happens_before.include(e.id);
  if (e.writes()) e.released.join(releases(order) ? e.happens_before : e.fence_released);
  e.happens_before.include(e.id);
  if (full) e.fence_released = e.happens_before;
}

}  // namespace

void compute_views(const execution_graph& graph, event& e) {
  if (e.id.thread == graph.nr_tasks()) return;  // not in views
  begin_views(graph, e);
  switch (e.kind) {
    case event_kind::fence: fence_views(e); break;
    case event_kind::choice:
    case event_kind::lifetime: e.happens_before.include(e.id); break;
    default: access_views(graph, e);
  }
}

view happens_before_next(const execution_graph& graph, std::size_t thread, bool barrier) {
  if (graph.size(thread) == 0) return {};
  const event& last = graph.thread(thread).back();
  view before = last.happens_before;
  if (barrier) before.join(last.fence_acquired);
  return before;
}

}  // namespace stockcheck::explore
