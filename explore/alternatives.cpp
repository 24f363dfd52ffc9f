// SPDX-License-Identifier: GPL-2.0-only
// What else a graph may become: the revisits of its writes, and the items of work, applied to it.
#include "explore/explorer.hpp"
#include "explore/maximality.hpp"
#include "explore/rule.hpp"
#include "explore/synchronisation.hpp"

#include <algorithm>

namespace stockcheck::explore {

// Revisits ----------------------------------------------------------------------------------------

void explorer::push_revisits(event_id write, event_id conflict) {
  const execution_graph& g = graph();
  const event& e = g[write];
  // Only what deletes or redirects the rival makes room for the update.
  bool allowed = conflict.is_none() || !holds(rule::conflict_limits_revisits);
  const std::size_t end = g.order().size();
  std::size_t oldest = end;
  for (const event_id id : g.at(e.location).all)
    if (g[id].reads() && !e.porf.contains(id)) oldest = std::min<std::size_t>(oldest, g[id].stamp);
  for (std::size_t stamp = end; stamp-- > oldest;) {
    const event& x = g[g.order()[stamp]];
    if (x.id == write || e.porf.contains(x.id)) continue;
    // An older read would delete x as well.
    if (!is_maximally_added(g, x, e)) break;
    if (x.id == conflict) allowed = true;
    if (allowed && x.reads() && x.location == e.location)
      push(alternative::revisit, write, x.id, 0);
  }
}

// Alternatives ------------------------------------------------------------------------------------

bool explorer::consistent(event_id changed) { return is_consistent(model_, graph(), changed); }

bool explorer::apply(const item& what) {
  switch (what.kind) {
    case alternative::read: return apply_read(what.of, what.other);
    case alternative::place: return apply_place(what.of, what.number, what.other);
    case alternative::choose: return apply_choice(what.of, what.number);
    case alternative::revisit: apply_revisit(what.of, what.other); return false;
  }
  return false;
}

bool explorer::apply_choice(event_id choice, std::uint32_t number) {
  event& e = graph()[choice];
  e.read_value = number;
  e.non_maximal = true;
  return true;
}

bool explorer::apply_read(event_id read, event_id write) {
  execution_graph& g = graph();
  event& e = g[read];
  if (e.writes()) g.unplace(read);
  set_source(read, write);
  compute_views(g, e);
  e.non_maximal = true;
  const bool update = e.kind == event_kind::update;
  if (update) {
    // Two updates of one write are not atomic; but what this one would have written may revisit
    // its rival, and then there is one.
    const event_id conflict = g.update_of(write, e.location, read);
    if (!conflict.is_none()) {
      if (holds(rule::conflicting_update_revisits)) push_revisits(read, conflict);
      return false;
    }
    g.place(read, g.place_behind(write));
  }
  if (!consistent(read)) return false;
  if (update && holds(rule::revisit_by_updates)) {
    g.unplace(read);
    push_revisits(read, no_event);
    g.place(read, g.place_behind(write));
  }
  changed_ = read;
  return true;
}

/// Keeps what was there before the read, and the prefix of the write.
void explorer::apply_revisit(event_id write, event_id read) {
  execution_graph& from = graph();
  const event& w = from[write];
  const event& r = from[read];
  // A thread whose lock is revisited by another lock waits, without an event, until the unlock.
  const bool waits = r.op == operation::lock && !writes_after(r, w.written_value);

  execution_graph::prefixes keep{};
  for (std::size_t t = 0; t < from.nr_tasks(); ++t) keep[t] = w.porf.prefix(t);
  for (const event_id id : from.order().first(r.stamp + (waits ? 0U : 1U)))
    keep[id.thread] = std::max<std::size_t>(keep[id.thread], id.index + 1U);

  // The last item of a graph may have it.
  execution_graph& g = top().items.empty() ? from : push_node().graph;
  g.assign_prefixes(from, keep);
  g.unplace(write);
  const event_id revisited = waits ? no_event : read;
  if (!waits) detach(read);
  if (g[write].kind == event_kind::update)
    push(alternative::place, write, revisited, g.place_behind(g[write].reads_from));
  else
    push_placements(write, revisited);
}

bool explorer::apply_place(event_id write, std::size_t co_index, event_id revisited) {
  execution_graph& g = graph();
  g.unplace(write);
  if (!revisited.is_none()) detach(revisited);
  g.place(write, co_index);
  const bool is_lock = revisited.is_none() && g[write].kind == event_kind::update;
  g[write].non_maximal = !is_lock || holds(rule::revisiting_lock_is_not_maximal);
  if (!consistent(write)) return false;
  if (revisited.is_none()) return true;

  set_source(revisited, write);
  if (holds(rule::views_of_revisited_read)) compute_views(g, g[revisited]);
  const bool update = g[revisited].kind == event_kind::update;
  if (update) g.place(revisited, co_index + 1);
  if (holds(rule::revisited_read_is_consistent) && !consistent(revisited)) return false;
  if (update && holds(rule::revisit_by_revisited_updates)) {
    g.unplace(revisited);
    push_revisits(revisited, no_event);
    g.place(revisited, co_index + 1);
  }
  changed_ = revisited;
  return true;
}

}  // namespace stockcheck::explore
