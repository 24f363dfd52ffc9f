// SPDX-License-Identifier: GPL-2.0-only
// The stack of graphs and fresh events; alternatives.cpp has what else a graph may become.
#include "explore/explorer.hpp"

#include "explore/rule.hpp"
#include "explore/synchronisation.hpp"

namespace stockcheck::explore {

explorer::explorer(memory_model model, std::size_t nr_threads)
    : model_(model), nr_threads_(nr_threads) {}

// The stack of graphs -----------------------------------------------------------------------------

explorer::node& explorer::push_node() {
  if (depth_ == nodes_.size()) nodes_.push_back(std::make_unique<node>(nr_threads_));
  ++depth_;
  first_new_item_ = 0;
  return top();
}

void explorer::push(alternative kind, event_id of, event_id other, std::size_t number) {
  top().items.push_back({.kind = kind,
                         .of = of,
                         .other = other,
                         .number = static_cast<std::uint32_t>(number),
                         .cut = top().graph.order().size()});
}

/// The weight of an item goes in equal parts to what came out of it.
void explorer::distribute_weight(bool ran) {
  auto& items = top().items;
  const std::size_t parts = items.size() - first_new_item_ + (ran ? 1 : 0);
  const double share = parts == 0 ? weight_ : weight_ / static_cast<double>(parts);
  for (std::size_t i = first_new_item_; i < items.size(); ++i) items[i].weight = share;
  if (ran || parts == 0) explored_ += share;
}

/// Makes the graph that of the newest item; false if that needs no execution.
bool explorer::take_last_item() {
  auto& items = top().items;
  const item what = items.back();
  items.pop_back();
  first_new_item_ = items.size();
  weight_ = what.weight;
  top().graph.cut(what.cut);
  return apply(what);
}

bool explorer::next() {
  changed_ = no_event;
  if (nodes_.empty()) {
    push_node();
    return true;
  }
  if (depth_ > 0) distribute_weight(true);
  while (depth_ > 0) {
    if (top().items.empty()) {
      top().graph.clear();
      --depth_;
      continue;
    }
    if (take_last_item()) return true;
    distribute_weight(false);
  }
  return false;
}

bool explorer::descend(std::mt19937_64& random) {
  changed_ = no_event;
  if (depth_ == 0) {
    push_node();
    weight_ = 1;
    return true;
  }
  bool ran = true;
  for (;;) {
    distribute_weight(ran);
    auto& items = top().items;
    const std::size_t parts = items.size() - first_new_item_ + (ran ? 1 : 0);
    const std::size_t drawn = parts == 0 ? 0 : random() % parts;
    if (drawn == items.size() - first_new_item_) break;
    const item kept = items[first_new_item_ + drawn];
    items.assign(1, kept);
    ran = take_last_item();
    if (ran) return true;
  }
  // A descent that ends in an alternative without an execution counts none.
  const std::size_t left = top().items.size() - first_new_item_;
  sampled_ = ran ? static_cast<double>(left + 1) / weight_ : 0;
  for (; depth_ > 0; --depth_) {
    top().items.clear();
    top().graph.clear();
  }
  return false;
}

// Fresh events ------------------------------------------------------------------------------------

namespace {

event_kind kind_without_access(operation op) {
  if (op == operation::fence) return event_kind::fence;
  return op == operation::choose ? event_kind::choice : event_kind::lifetime;
}

}  // namespace

event_id explorer::add(const request& what, std::size_t thread, bool /*awaited*/) {
  event& e = graph().append(thread, what);
  const event_id id = e.id;
  if (is_access(what.op)) {
    if (has_read(what.op))
      add_read(id);
    else
      add_store(id);
    return id;
  }
  e.kind = kind_without_access(what.op);
  compute_views(graph(), e);
  if (what.op == operation::choose)
    for (std::uint64_t n = what.operand; n-- > 1;) push(alternative::choose, id, no_event, n);
  return id;
}

void explorer::add_store(event_id store) {
  execution_graph& g = graph();
  event& e = g[store];
  e.kind = event_kind::write;
  e.written_value = e.operand;
  compute_views(g, e);
  if (holds(rule::revisit_by_stores)) push_revisits(store, no_event);
  if (holds(rule::all_placements)) push_placements(store, no_event);
  g.place(store, g.at(e.location).coherence.size());
}

/// All places but the last one; that one as well if the store revisits.
void explorer::push_placements(event_id store, event_id revisited) {
  const execution_graph& g = graph();
  const event& e = g[store];
  view before = coherence_view(model_, e);
  before.exclude(store);
  const auto& writes = g.at(e.location).coherence;
  const bool revisits = !revisited.is_none();
  if (!revisits || holds(rule::revisiting_placements)) {
    const int first = oldest_coherent(g, e.location, before) + 1;
    for (auto place = static_cast<std::size_t>(first); place < writes.size(); ++place)
      if (g[writes[place]].kind != event_kind::update || !holds(rule::updates_are_adjacent))
        push(alternative::place, store, revisited, place);
  }
  if (revisits) push(alternative::place, store, revisited, writes.size());
}

void explorer::add_read(event_id read) {
  execution_graph& g = graph();
  event& e = g[read];
  e.kind = event_kind::read;
  const auto& writes = g.at(e.location).coherence;
  // A compare-exchange may turn out to fail, and then has less order.
  const bool barrier = e.order == memory_order::full && (e.failure_order == memory_order::full ||
                                                         e.op != operation::compare_exchange ||
                                                         !holds(rule::weaker_order_for_candidates));
  e.porf = view{};
  if (const event* const last = g.predecessor(read)) e.porf = last->porf;
  e.happens_before = view{};
  if (const event* const last = g.predecessor(read)) {
    e.happens_before = last->happens_before;
    if (barrier) e.happens_before.join(last->fence_acquired);
  }
  const int oldest = oldest_coherent(g, e.location, coherence_view(model_, e));
  for (int i = oldest; i + 1 < static_cast<int>(writes.size()); ++i) {
    const event_id write = i < 0 ? initial_write : writes[static_cast<std::size_t>(i)];
    // A thread waits for a mutex; it never reads that somebody else had it.
    if (e.op == operation::lock && !writes_after(e, g.value_of(write, e.location))) continue;
    push(alternative::read, read, write, 0);
  }
  set_source(read, g.latest_write(e.location));
  compute_views(g, e);
  if (g[read].kind != event_kind::update) return;
  if (holds(rule::revisit_by_updates)) push_revisits(read, no_event);
  g.place(read, writes.size());
}

void explorer::set_source(event_id read, event_id write) {
  execution_graph& g = graph();
  event& e = g[read];
  e.reads_from = write;
  if (!write.is_none()) e.read_value = g.value_of(write, e.location);
  const bool update = !write.is_none() && writes_after(e, e.read_value);
  e.kind = update ? event_kind::update : event_kind::read;
  if (update) e.written_value = written_after(e, e.read_value);
}

/// Leaves a read without a source, and its update, if it was one, without a place.
void explorer::detach(event_id read) {
  execution_graph& g = graph();
  if (g[read].writes()) g.unplace(read);
  set_source(read, no_event);
  compute_views(g, g[read]);
}

}  // namespace stockcheck::explore
