// SPDX-License-Identifier: GPL-2.0-only
// Sequential consistency: a depth-first search along po, rf, co and fr.
#include "explore/memory_model.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace stockcheck::explore {

namespace {

class sc_search {
 public:
  sc_search(const execution_graph& graph, const event& x) : graph_(graph), x_(x) {
    for (std::size_t t = 0; t < graph.nr_threads(); ++t) reached_[t] = expanded_[t] = graph.size(t);
  }

  bool finds_cycle() {
    follow(x_);
    for (bool again = true; again && !cycle_;) {
      again = false;
      for (std::size_t t = 0; t < graph_.nr_threads() && !cycle_; ++t) {
        if (expanded_[t] == reached_[t]) continue;
        again = true;
        const std::size_t end = expanded_[t];
        expanded_[t] = reached_[t];
        for (std::size_t i = expanded_[t]; i < end && !cycle_; ++i) follow(graph_.thread(t)[i]);
      }
    }
    return cycle_;
  }

 private:
  /// With an event all behind it in program order are reached. x is reached if something is that
  /// comes before it by program order and reads-from: other ways into x, by co and fr, would be
  /// cycles that were there before x.
  void reach(event_id id) {
    if (x_.porf.contains(id)) cycle_ = true;
    reached_[id.thread] = std::min<std::size_t>(reached_[id.thread], id.index);
  }
  void reach_behind(int co_index, location_id location) {
    const auto& writes = graph_.at(location).coherence;
    const auto next = static_cast<std::size_t>(co_index + 1);
    if (next < writes.size()) reach(writes[next]);
  }
  void follow(const event& e) {
    if (e.writes()) {
      reach_behind(static_cast<int>(e.co_index), e.location);
      for (const event_id id : graph_.at(e.location).all)
        if (graph_[id].reads() && graph_[id].reads_from == e.id) reach(id);
    } else if (e.kind == event_kind::read && !e.reads_from.is_none()) {
      reach_behind(graph_.co_index(e.reads_from), e.location);
    }
  }

  const execution_graph& graph_;
  const event& x_;
  bool cycle_ = false;
  std::array<std::size_t, max_threads> reached_{};   ///< from here on a thread is reached
  std::array<std::size_t, max_threads> expanded_{};  ///< and from here on followed
};

}  // namespace

bool has_sc_cycle(const execution_graph& graph, const event& x) {
  return sc_search(graph, x).finds_cycle();
}

}  // namespace stockcheck::explore
