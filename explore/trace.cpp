// SPDX-License-Identifier: GPL-2.0-only
#include "explore/trace.hpp"

#include <algorithm>

namespace stockcheck::explore {

namespace {

class linearisation {
 public:
  linearisation(const execution_graph& graph, bool coherent) : graph_(graph), coherent_(coherent) {}

  /// Shorter than the graph if there is a cycle.
  std::vector<event_id> sequence() {
    std::size_t last = 0;
    for (bool progress = true; progress;) {
      progress = false;
      for (std::size_t i = 0; i < graph_.nr_threads(); ++i) {
        const std::size_t t = (last + i) % graph_.nr_threads();
        while (done_[t] < graph_.size(t) && is_next(graph_.thread(t)[done_[t]])) {
          sequence_.push_back(graph_.thread(t)[done_[t]++].id);
          progress = true;
          last = t;
        }
        if (progress) break;
      }
    }
    return sequence_;
  }

 private:
  [[nodiscard]] bool is_done(event_id id) const {
    return id.is_initial() || id.is_none() || id.index < done_[id.thread];
  }
  /// Says whether everything that must come before an event has come.
  [[nodiscard]] bool is_next(const event& e) const {
    if (e.reads() && !is_done(e.reads_from)) return false;
    if (!coherent_ || !e.writes()) return true;
    const execution_graph::accesses& at = graph_.at(e.location);
    for (std::size_t i = 0; i < e.co_index; ++i)
      if (!is_done(at.coherence[i])) return false;
    return std::ranges::all_of(at.all, [&](event_id id) {
      const event& other = graph_[id];
      const bool from_before = other.kind == event_kind::read && !other.reads_from.is_none() &&
                               graph_.co_index(other.reads_from) < static_cast<int>(e.co_index);
      return !from_before || is_done(id);
    });
  }

  const execution_graph& graph_;
  bool coherent_;
  std::array<std::size_t, max_threads> done_{};
  std::vector<event_id> sequence_;
};

}  // namespace

const name_range* recording::name_of(location_id location) const {
  if (location >= addresses.size()) return nullptr;
  const std::uintptr_t address = addresses[location];
  const name_range* innermost = nullptr;
  for (const name_range& range : names)
    if (address >= range.begin && address < range.begin + range.size &&
        (innermost == nullptr || range.size <= innermost->size))
      innermost = &range;
  return innermost;
}

std::vector<event_id> linearise(const execution_graph& graph) {
  std::vector<event_id> sequence = linearisation(graph, true).sequence();
  if (sequence.size() < graph.order().size()) sequence = linearisation(graph, false).sequence();
  return sequence;
}

}  // namespace stockcheck::explore
