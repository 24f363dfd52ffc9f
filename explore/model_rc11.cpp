// RC11's partial order of sequentially consistent events, straight from the definition: Lahav,
// Vafeiadis, Kang, Hur, Dreyer, "Repairing Sequential Consistency in C/C++11", PLDI 2017,
// section 3. Rare and therefore plain: it is asked only where sequential consistency has a cycle.
#include "explore/memory_model.hpp"
#include "explore/relation.hpp"
#include "explore/rule.hpp"

#include <array>
#include <vector>

namespace stockcheck::explore {

namespace {

/// An event as it stands in the definition. A fully ordered event is three: fence, access, fence.
struct node {
  const event* of = nullptr;
  bool is_access = false;
  bool is_sc_access = false;
  bool is_sc_fence = false;
  bool is_second_barrier = false;
  view before;  ///< the events that happen before it
};

class partial_sc {
 public:
  explicit partial_sc(const execution_graph& graph)
      : graph_(graph),
        nodes_(nodes_of(graph)),
        po_(nodes_.size()),
        po_elsewhere_(nodes_.size()),
        before_(nodes_.size()),
        after_(nodes_.size()),
        eco_(nodes_.size()),
        scb_(nodes_.size()) {
    add_program_order();
    for (std::size_t b = 0; b < nodes_.size(); ++b) add_happens_before(b);
    for (std::size_t a = 0; a < nodes_.size(); ++a) add_same_location(a);
    for (std::size_t a = 0; a < nodes_.size(); ++a) add_scb(a);
  }

  [[nodiscard]] bool has_cycle() const {
    relation psc(nodes_.size());
    for (std::size_t s = 0; s < nodes_.size(); ++s) {
      if (holds(rule::psc_base)) add_base(psc, s);
      if (holds(rule::psc_fences)) add_fence(psc, s);
    }
    return psc.has_cycle();
  }

 private:
  /// Thread by thread, in program order.
  static std::vector<node> nodes_of(const execution_graph& graph) {
    std::vector<node> nodes;
    nodes.reserve(3 * graph.order().size());
    for (std::size_t t = 0; t < graph.nr_tasks(); ++t)
      for (const event& e : graph.thread(t)) add_nodes(nodes, graph, e);
    return nodes;
  }
  static void add_nodes(std::vector<node>& nodes, const execution_graph& graph, const event& e) {
    const bool is_fence = e.kind == event_kind::fence;
    const bool full = e.is_full() && !is_fence;
    view before = e.happens_before;
    before.exclude(e.id);
    if (full) nodes.push_back({.of = &e, .is_sc_fence = true, .before = before_barrier(graph, e)});
    nodes.push_back({.of = &e,
                     .is_access = e.reads() || e.writes(),
                     .is_sc_access = !is_fence && e.effective_order() == memory_order::seq_cst,
                     .is_sc_fence = is_fence && e.order >= memory_order::seq_cst,
                     .before = before});
    if (full)
      nodes.push_back({.of = &e, .is_sc_fence = true, .is_second_barrier = true, .before = before});
  }
  static view before_barrier(const execution_graph& graph, const event& e) {
    view before;
    if (const event* const last = graph.predecessor(e.id)) {
      before = last->happens_before;
      before.join(last->fence_acquired);
    }
    return before;
  }

  [[nodiscard]] bool same_location(std::size_t a, std::size_t b) const {
    return nodes_[a].is_access && nodes_[b].is_access &&
           nodes_[a].of->location == nodes_[b].of->location;
  }

  void add_program_order() {
    for (std::size_t a = 0; a < nodes_.size(); ++a) {
      const std::size_t thread = nodes_[a].of->id.thread;
      for (std::size_t b = a + 1; b < nodes_.size() && nodes_[b].of->id.thread == thread; ++b) {
        po_.add(a, b);
        if (!same_location(a, b)) po_elsewhere_.add(a, b);
      }
    }
  }
  void add_happens_before(std::size_t b) {
    for (std::size_t a = 0; a < nodes_.size(); ++a) {
      const event_id id = nodes_[a].of->id;
      const bool seen = nodes_[a].is_second_barrier ? nodes_[b].before.contains_wholly(id)
                                                    : nodes_[b].before.contains(id);
      if (!seen && !po_.has(a, b)) continue;
      before_.add(b, a);
      after_.add(a, b);
    }
  }

  [[nodiscard]] int write_index(const event& e) const {
    return e.writes() ? static_cast<int>(e.co_index) : graph_.co_index(e.reads_from);
  }
  /// Whether b is behind a, of the same location, by (rf u co u fr)+: its write is later, or the
  /// same and b reads it. An event whose source is not known yet is related to nothing.
  [[nodiscard]] bool is_behind(const event& a, const event& b) const {
    if ((a.reads() && a.reads_from.is_none()) || (b.reads() && b.reads_from.is_none()))
      return false;
    const int first = write_index(a);
    const int second = write_index(b);
    return first < second || (first == second && a.writes() && !b.writes());
  }
  /// eco, and the parts co, fr and hb|loc of scb: co and fr lead to writes.
  void add_same_location(std::size_t a) {
    if (!nodes_[a].is_access) return;
    for (std::size_t b = 0; b < nodes_.size(); ++b) {
      if (a == b || !same_location(a, b)) continue;
      const bool behind = is_behind(*nodes_[a].of, *nodes_[b].of);
      if (behind) eco_.add(a, b);
      if ((behind && nodes_[b].of->writes()) || after_.has(a, b)) scb_.add(a, b);
    }
  }
  /// scb = po u po|elsewhere;hb;po|elsewhere u hb|loc u co u fr
  void add_scb(std::size_t a) {
    scb_.add_row(a, po_.row(a));
    const bit_set happened = after_.image(po_elsewhere_.row(a));
    scb_.add_row(a, po_elsewhere_.image(happened.words()).words());
  }

  /// psc_base = ([Esc] u [Fsc];hb?); scb; ([Esc] u hb?;[Fsc])
  void add_base(relation& psc, std::size_t s) const {
    if (!nodes_[s].is_sc_access && !nodes_[s].is_sc_fence) return;
    bit_set from(nodes_.size());
    from.add(s);
    if (nodes_[s].is_sc_fence) from.add_all(after_.row(s));
    const bit_set to = scb_.image(from.words());
    for (std::size_t t = 0; t < nodes_.size(); ++t) {
      const bool sc = nodes_[t].is_sc_access || nodes_[t].is_sc_fence;
      if ((sc && to.has(t)) || (nodes_[t].is_sc_fence && to.meets(before_.row(t)))) psc.add(s, t);
    }
  }
  /// psc_fence = [Fsc]; (hb u hb;eco;hb); [Fsc]
  void add_fence(relation& psc, std::size_t s) const {
    if (!nodes_[s].is_sc_fence) return;
    const bit_set to = eco_.image(after_.row(s));
    for (std::size_t t = 0; t < nodes_.size(); ++t)
      if (nodes_[t].is_sc_fence && (after_.has(s, t) || to.meets(before_.row(t)))) psc.add(s, t);
  }

  const execution_graph& graph_;
  std::vector<node> nodes_;
  relation po_;
  relation po_elsewhere_;  ///< program order between different locations
  relation before_;        ///< rows: what happens before
  relation after_;         ///< rows: what happens after
  relation eco_;
  relation scb_;
};

}  // namespace

bool has_psc_cycle(const execution_graph& graph) { return partial_sc(graph).has_cycle(); }

}  // namespace stockcheck::explore
