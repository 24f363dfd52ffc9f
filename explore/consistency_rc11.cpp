// SPDX-License-Identifier: GPL-2.0-only
// RC11's partial order of sequentially consistent events, straight from the definition: Lahav,
// Vafeiadis, Kang, Hur, Dreyer, "Repairing Sequential Consistency in C/C++11", PLDI 2017,
// section 3. It is asked only where sequential consistency has a cycle.
#include "explore/memory_model.hpp"
#include "explore/relation.hpp"
#include "explore/rule.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
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
        threads_(threads_of(nodes_)),
        po_(nodes_.size()),
        po_elsewhere_(nodes_.size()),
        before_(nodes_.size()),
        after_(nodes_.size()),
        eco_(nodes_.size()),
        scb_(nodes_.size()) {
    for (const range& thread : threads_) add_program_order(thread);
    for (const range& thread : threads_)
      for (const range& other : threads_) add_happens_before(thread, other);
    add_same_location();
    add_scb();
  }

  [[nodiscard]] bool has_cycle() const {
    relation psc(nodes_.size());
    if (holds(rule::psc_base)) add_base(psc);
    if (holds(rule::psc_fences)) add_fence(psc);
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

  /// The nodes of each thread, which are neighbours.
  struct range {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  static std::vector<range> threads_of(const std::vector<node>& nodes) {
    std::vector<range> all;
    for (std::size_t n = 0; n < nodes.size(); ++n) {
      if (n == 0 || nodes[n].of->id.thread != nodes[n - 1].of->id.thread) all.push_back({n, n});
      all.back().end = n + 1;
    }
    return all;
  }

  void add_program_order(const range& thread) {
    for (std::size_t a = thread.begin; a < thread.end; ++a) {
      po_.add_range(a, a + 1, thread.end);
      for (std::size_t b = a + 1; b < thread.end; ++b)
        if (!same_location(a, b)) po_elsewhere_.add(a, b);
    }
  }

  [[nodiscard]] bool happens_before(std::size_t a, std::size_t b) const {
    const event_id id = nodes_[a].of->id;
    return po_.has(a, b) || (nodes_[a].is_second_barrier ? nodes_[b].before.contains_wholly(id)
                                                         : nodes_[b].before.contains(id));
  }
  /// The nodes of `other` that happen after a node of `thread` are the last ones of `other`, and
  /// the nodes of `thread` that happen before a node of `other` are the first ones of `thread`.
  void add_happens_before(const range& thread, const range& other) {
    std::size_t first = other.begin;
    for (std::size_t a = thread.begin; a < thread.end; ++a) {
      const std::size_t earlier = first;
      while (first < other.end && !happens_before(a, first)) ++first;
      // Within `thread`, just the nodes ahead of `a` happen before these.
      for (std::size_t b = earlier; b < first; ++b) before_.add_range(b, thread.begin, a);
      after_.add_range(a, first, other.end);
    }
    for (std::size_t b = first; b < other.end; ++b) before_.add_range(b, thread.begin, thread.end);
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
  void add_same_location() {
    std::vector<std::size_t> accesses;
    for (std::size_t n = 0; n < nodes_.size(); ++n)
      if (nodes_[n].is_access) accesses.push_back(n);
    std::ranges::sort(accesses, {}, [this](std::size_t n) { return nodes_[n].of->location; });
    for (auto begin = accesses.begin(); begin != accesses.end();) {
      const auto end = std::find_if_not(begin, accesses.end(),
                                        [&](std::size_t n) { return same_location(n, *begin); });
      for (auto a = begin; a != end; ++a)
        for (auto b = begin; b != end; ++b)
          if (a != b) add_same_location(*a, *b);
      begin = end;
    }
  }
  void add_same_location(std::size_t a, std::size_t b) {
    const bool behind = is_behind(*nodes_[a].of, *nodes_[b].of);
    if (behind) eco_.add(a, b);
    if ((behind && nodes_[b].of->writes()) || after_.has(a, b)) scb_.add(a, b);
  }
  /// The nodes that happen after something are a last part of each thread, so row b has what all
  /// nodes of a thread lead to that stand at b or behind it.
  [[nodiscard]] relation of_last_parts(const relation& leads_to) const {
    relation all(nodes_.size());
    for (const range& thread : threads_)
      for (std::size_t b = thread.end; b-- > thread.begin;) {
        all.add_row(b, leads_to.row(b));
        if (b + 1 < thread.end) all.add_row(b, all.row(b + 1));
      }
    return all;
  }
  /// Returns what `last_parts` of threads lead to; `of_last_parts` has it for each such part.
  [[nodiscard]] bit_set image(const relation& of_last_parts,
                              std::span<const std::uint64_t> last_parts) const {
    bit_set all(nodes_.size());
    for (const range& thread : threads_)
      if (const std::size_t first = first_in(last_parts, thread.begin, thread.end);
          first < thread.end)
        all.add_all(of_last_parts.row(first));
    return all;
  }

  /// scb = po u po|elsewhere;hb;po|elsewhere u hb|loc u co u fr
  void add_scb() {
    const relation elsewhere = of_last_parts(po_elsewhere_);
    for (const range& thread : threads_)
      for (std::size_t a = thread.begin; a < thread.end; ++a) {
        scb_.add_row(a, po_.row(a));
        // Whatever happens after one that is behind it happens after the first one that is.
        const std::size_t first = first_in(po_elsewhere_.row(a), a, thread.end);
        if (first < thread.end) scb_.add_row(a, image(elsewhere, after_.row(first)).words());
      }
  }

  /// psc_base = ([Esc] u [Fsc];hb?); scb; ([Esc] u hb?;[Fsc])
  void add_base(relation& psc) const {
    const relation scb = of_last_parts(scb_);
    for (std::size_t s = 0; s < nodes_.size(); ++s) {
      if (!is_sc(s)) continue;
      bit_set to(scb_.row(s));
      if (nodes_[s].is_sc_fence) to.add_all(image(scb, after_.row(s)).words());
      for (std::size_t t = 0; t < nodes_.size(); ++t)
        if ((is_sc(t) && to.has(t)) || (nodes_[t].is_sc_fence && to.meets(before_.row(t))))
          psc.add(s, t);
    }
  }
  /// psc_fence = [Fsc]; (hb u hb;eco;hb); [Fsc]
  void add_fence(relation& psc) const {
    const relation eco = of_last_parts(eco_);
    for (std::size_t s = 0; s < nodes_.size(); ++s) {
      if (!nodes_[s].is_sc_fence) continue;
      const bit_set to = image(eco, after_.row(s));
      for (std::size_t t = 0; t < nodes_.size(); ++t)
        if (nodes_[t].is_sc_fence && (after_.has(s, t) || to.meets(before_.row(t)))) psc.add(s, t);
    }
  }
  [[nodiscard]] bool is_sc(std::size_t n) const {
    return nodes_[n].is_sc_access || nodes_[n].is_sc_fence;
  }

  const execution_graph& graph_;
  std::vector<node> nodes_;
  std::vector<range> threads_;
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
