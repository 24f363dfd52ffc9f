// SPDX-License-Identifier: GPL-2.0-only
#include "explore/maximality.hpp"

#include "explore/rule.hpp"

namespace stockcheck::explore {

namespace {

class previous {
 public:
  previous(const execution_graph& graph, const event& x, const event& revisiting)
      : graph_(graph), x_(x), revisiting_(revisiting) {}

  /// Says whether an event was there before x, or stays in the prefix of the revisiting write.
  [[nodiscard]] bool has(event_id id) const {
    if (id == revisiting_.id) return false;
    return graph_[id].stamp <= x_.stamp ||
           (holds(rule::maximality_sees_prefix) && revisiting_.porf.contains(id));
  }
  /// Says whether another write than x was there behind this place in coherence order.
  [[nodiscard]] bool has_write_behind(int co_index) const {
    const auto& writes = graph_.at(x_.location).coherence;
    for (auto i = static_cast<std::size_t>(co_index + 1); i < writes.size(); ++i)
      if (writes[i] != x_.id && has(writes[i])) return true;
    return false;
  }

 private:
  const execution_graph& graph_;
  const event& x_;
  const event& revisiting_;
};

}  // namespace

bool is_maximally_added(const execution_graph& graph, const event& x, const event& revisiting) {
  if (x.non_maximal && holds(rule::revisited_read_is_maximal)) return false;
  if (!is_access(x.op)) return true;
  const previous before(graph, x, revisiting);
  if (x.reads() && holds(rule::maximal_read) &&
      before.has_write_behind(graph.co_index(x.reads_from)))
    return false;
  return !x.writes() || !holds(rule::maximal_write) ||
         !before.has_write_behind(static_cast<int>(x.co_index));
}

}  // namespace stockcheck::explore
