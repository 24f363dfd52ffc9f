// SPDX-License-Identifier: GPL-2.0-only
// x86-TSO: a search back to the changed event along preserved program order, rfe, co and fr.
#include "explore/memory_model.hpp"
#include "explore/rule.hpp"

#include <algorithm>
#include <array>

namespace stockcheck::explore {

namespace {

/// Whether nothing behind the event in program order may pass it: loads keep what follows, locked
/// instructions and mfence keep everything; a store does not keep later loads behind it.
bool orders_all_behind(const event& e) {
  switch (e.kind) {
    case event_kind::read:
    case event_kind::update: return true;
    case event_kind::write: return e.order == memory_order::seq_cst && holds(rule::tso_fences);
    case event_kind::fence: return e.order >= memory_order::seq_cst && holds(rule::tso_fences);
    default: return false;
  }
}

class tso_search {
 public:
  tso_search(const execution_graph& graph, const event& x) : graph_(graph), x_(x) {
    for (std::size_t t = 0; t < graph.nr_threads(); ++t)
      all_[t] = all_done_[t] = stores_[t] = stores_done_[t] = graph.size(t);
  }

  /// x is the last event of its thread: its paths begin with rfe, co and fr.
  bool finds_cycle() {
    follow(x_);
    for (bool again = true; again && !cycle_;) {
      again = false;
      for (std::size_t t = 0; t < graph_.nr_threads() && !cycle_; ++t) again |= expand(t);
    }
    return cycle_;
  }

 private:
  /// Follows what was newly reached of a thread; false if nothing was.
  bool expand(std::size_t t) {
    if (all_[t] == all_done_[t] && stores_[t] == stores_done_[t]) return false;
    for (std::size_t i = stores_[t]; i < all_[t] && i < stores_done_[t]; ++i) {
      const event& e = graph_.thread(t)[i];
      if (e.kind == event_kind::read && !e.is_full()) continue;
      visit(e);
      if (orders_all_behind(e)) all_[t] = std::min(all_[t], i + 1);
    }
    stores_done_[t] = std::min(stores_done_[t], stores_[t]);
    const std::size_t end = all_done_[t];
    all_done_[t] = all_[t];
    for (std::size_t i = all_done_[t]; i < end; ++i) visit(graph_.thread(t)[i]);
    return true;
  }
  void visit(const event& e) {
    if (e.id == x_.id) cycle_ = true;
    follow(e);
  }
  void follow(const event& e) {
    if (e.writes()) {
      reach_behind(static_cast<int>(e.co_index), e.location);
      for (const event_id id : graph_.at(e.location).all)
        if (id.thread != e.id.thread && graph_[id].reads() && graph_[id].reads_from == e.id)
          reach(id);
    } else if (e.kind == event_kind::read && !e.reads_from.is_none()) {
      reach_behind(graph_.co_index(e.reads_from), e.location);
    }
  }
  void reach_behind(int co_index, location_id location) {
    const auto& writes = graph_.at(location).coherence;
    const auto next = static_cast<std::size_t>(co_index + 1);
    if (next < writes.size()) reach(writes[next]);
  }
  void reach(event_id id) {
    auto& frontier = orders_all_behind(graph_[id]) ? all_ : stores_;
    frontier[id.thread] = std::min<std::size_t>(frontier[id.thread], id.index);
  }

  const execution_graph& graph_;
  const event& x_;
  bool cycle_ = false;
  // From all_ on every event of a thread is reached, from stores_ on those that are not mere reads;
  // from the _done_ ones on they are followed already.
  std::array<std::size_t, max_threads> all_{};
  std::array<std::size_t, max_threads> all_done_{};
  std::array<std::size_t, max_threads> stores_{};
  std::array<std::size_t, max_threads> stores_done_{};
};

}  // namespace

bool has_tso_cycle(const execution_graph& graph, const event& x) {
  return tso_search(graph, x).finds_cycle();
}

}  // namespace stockcheck::explore
