// SPDX-License-Identifier: GPL-2.0-only
// Sequential consistency, x86-TSO and RC11, written down naively.
#include "tests/explore/reference/axioms.hpp"

namespace stockcheck::explore::reference {
namespace {

relation within_location(const relation& pairs, const split_graph& graph) {
  relation result{pairs};
  for (std::size_t node = 0; node < graph.size; ++node) {
    result.row(node) &= graph.same_location[node];
  }
  return result;
}

relation across_locations(const relation& pairs, const split_graph& graph) {
  relation result{pairs};
  for (std::size_t node = 0; node < graph.size; ++node) {
    result.row(node) &= ~graph.same_location[node];
  }
  return result;
}

relation communication(const split_graph& graph) {
  return graph.reads_from | graph.modification_order | graph.from_reads;
}

bool atomic_updates(const split_graph& graph) {
  const relation around = graph.from_reads.then(graph.modification_order);
  for (std::size_t node = 0; node < graph.size; ++node) {
    if ((graph.update_pairs.row(node) & around.row(node)) != 0) return false;
  }
  return true;
}

bool sequentially_consistent(const split_graph& graph) {
  return (graph.program_order | communication(graph)).acyclic();
}

/// Program order of accesses, but for a write before a read, unless a locked instruction or fence
/// is one of them or between them.
relation preserved_by_tso(const split_graph& graph) {
  node_set barriers = (graph.fences & graph.seq_cst) | (graph.writes & graph.seq_cst);
  for (std::size_t node = 0; node < graph.size; ++node) {
    if (graph.update_pairs.row(node) != 0) barriers |= only(node) | graph.update_pairs.row(node);
  }
  const relation up_to_barrier = graph.program_order.reflexive().ending_in(barriers);
  const relation from_barrier = graph.program_order.reflexive().starting_in(barriers);
  const relation delayed = graph.program_order.starting_in(graph.writes).ending_in(graph.reads);
  const node_set accesses = graph.reads | graph.writes;
  relation result = graph.program_order.starting_in(accesses).ending_in(accesses);
  for (std::size_t node = 0; node < graph.size; ++node) {
    result.row(node) &= ~delayed.row(node);
  }
  return result | up_to_barrier.then(from_barrier).starting_in(graph.writes).ending_in(graph.reads);
}

bool tso(const split_graph& graph) {
  const relation local = within_location(graph.program_order, graph);
  if (!(local | communication(graph)).acyclic()) return false;
  relation external = graph.reads_from;
  for (std::size_t node = 0; node < graph.size; ++node) {
    external.row(node) &= ~graph.program_order.row(node);
  }
  return (preserved_by_tso(graph) | external | graph.modification_order | graph.from_reads)
      .acyclic();
}

relation psc(const split_graph& graph, const relation& before, const relation& extended) {
  const node_set fences = graph.fences & graph.seq_cst;
  const relation base_fences = identity_on(fences, graph.size);
  const relation sc_events = identity_on(graph.seq_cst, graph.size);
  const relation maybe_before = before.reflexive();
  const relation elsewhere = across_locations(graph.program_order, graph);

  const relation sc_before = graph.program_order | elsewhere.then(before).then(elsewhere) |
                             within_location(before, graph) | graph.modification_order |
                             graph.from_reads;
  const relation base = (sc_events | maybe_before.starting_in(fences))
                            .then(sc_before)
                            .then(sc_events | maybe_before.ending_in(fences));
  const relation between_fences = before | before.then(extended).then(before);
  return base | base_fences.then(between_fences).then(base_fences);
}

bool rc11(const split_graph& graph) {
  // It has no cycle, being of program order and reads-from.
  const relation before = happens_before(graph);
  const relation extended = communication(graph).transitive_closure();
  if (!before.then(extended).irreflexive()) return false;
  return graph.seq_cst == 0 || psc(graph, before, extended).acyclic();
}

}  // namespace

relation happens_before(const split_graph& graph) {
  // An update reads from the release sequence that it continues.
  const relation sequence = graph.reads_from.then(graph.update_pairs).transitive_closure();
  const relation head_and_rest = identity_on(graph.writes & ~graph.plain, graph.size) |
                                 sequence.starting_in(graph.writes & ~graph.plain);
  const relation released =
      identity_on(graph.releases & graph.writes, graph.size) |
      graph.program_order.starting_in(graph.releases & graph.fences).ending_in(graph.writes);
  const relation acquired = identity_on(graph.acquires & graph.reads, graph.size) |
                            graph.program_order.starting_in(graph.reads & ~graph.plain)
                                .ending_in(graph.acquires & graph.fences);
  const relation synchronizes = released.then(head_and_rest).then(graph.reads_from).then(acquired);
  return (graph.program_order | synchronizes).transitive_closure();
}

bool consistent(const split_graph& graph, memory_model model) {
  if (!atomic_updates(graph)) return false;
  switch (model) {
    case memory_model::sc: return sequentially_consistent(graph);
    case memory_model::tso: return tso(graph);
    case memory_model::rc11: return rc11(graph);
  }
  return false;
}

bool has_data_race(const split_graph& graph) {
  const relation before = happens_before(graph);
  const node_set candidates = ~graph.racy;
  for (std::size_t node = 0; node < graph.size; ++node) {
    if ((only(node) & graph.plain) == 0) continue;
    // A plain access against every other one to its location.
    node_set others = graph.same_location[node] & candidates & ~before.row(node) & ~only(node);
    if ((only(node) & graph.writes) == 0) others &= graph.writes;
    for (; others != 0; others &= others - 1) {
      const auto other = static_cast<std::size_t>(std::countr_zero(others));
      if (!before.has(other, node)) return true;
    }
  }
  return false;
}

}  // namespace stockcheck::explore::reference
