// SPDX-License-Identifier: GPL-2.0-only
// An execution as axioms see it: read-modify-writes split into a read and a write, full barriers
// written out as fences, and every basic relation as a matrix.
#pragma once

#include "tests/explore/reference/partial_graph.hpp"
#include "tests/explore/reference/relation.hpp"

namespace stockcheck::explore::reference {

/// Nodes and relations of one execution. The initial writes are not nodes: nothing is ever before
/// them, so that they are on no cycle.
struct split_graph {
  /// Throws std::length_error if the execution has more than 64 nodes.
  explicit split_graph(const partial_graph& graph);

  std::size_t size;

  /// @name Nodes by kind
  node_set reads = 0;
  node_set writes = 0;
  node_set fences = 0;

  /// @name Nodes by order
  node_set plain = 0;     ///< Accesses whose conflicts are races, and which synchronise nothing.
  node_set racy = 0;      ///< Accesses that no race is reported of.
  node_set acquires = 0;  ///< Reads and fences that are at least acquire.
  node_set releases = 0;  ///< Writes and fences that are at least release.
  node_set seq_cst = 0;   ///< What is sequentially consistent.

  /// The accesses to the location of a node; none for a fence.
  std::array<node_set, max_nodes> same_location;

  relation program_order;       ///< Transitive.
  relation reads_from;          ///< A write to its readers.
  relation modification_order;  ///< Transitive.
  relation from_reads;          ///< A read to the writes after the one it read.
  relation update_pairs;        ///< The read of an update to its write.
};

}  // namespace stockcheck::explore::reference
