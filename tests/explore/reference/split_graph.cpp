// SPDX-License-Identifier: GPL-2.0-only
// Splitting events into nodes and deriving the basic relations.
#include "tests/explore/reference/split_graph.hpp"

namespace stockcheck::explore::reference {
namespace {

/// The nodes that an event's halves became.
struct halves {
  std::uint8_t read;
  std::uint8_t write;
};

std::size_t nodes_of(const partial_event& event) {
  if (event.kind == event_kind::fence) return 1;
  if (event.kind == event_kind::choice) return 0;
  return (event.kind == event_kind::update ? 2U : 1U) + (event.order == memory_order::full ? 2 : 0);
}

std::size_t count_nodes(const partial_graph& graph) {
  std::size_t nodes = 0;
  for (std::size_t thread = 0; thread < graph.threads(); ++thread) {
    for (std::size_t index = 0; index < graph.length(thread); ++index) {
      nodes += nodes_of(graph.event(partial_graph::id(thread, index)));
    }
  }
  return nodes;
}

bool acquires(memory_order order) {
  return order == memory_order::acquire || order == memory_order::acq_rel ||
         order == memory_order::seq_cst;
}

bool releases(memory_order order) {
  return order == memory_order::release || order == memory_order::acq_rel ||
         order == memory_order::seq_cst;
}

/// Numbers the nodes and fills in what a node is by itself.
class splitter {
 public:
  splitter(const partial_graph& graph, split_graph& split) : graph_{graph}, split_{split} {}

  void add_nodes() {
    for (std::size_t thread = 0; thread < graph_.threads(); ++thread) {
      const std::size_t first = next_;
      for (std::size_t index = 0; index < graph_.length(thread); ++index) {
        add_event(partial_graph::id(thread, index));
      }
      for (std::size_t node = first; node < next_; ++node) {
        for (std::size_t later = node + 1; later < next_; ++later) {
          split_.program_order.add(node, later);
        }
      }
    }
    for (std::size_t node = 0; node < next_; ++node) {
      split_.same_location[node] =
          (split_.fences & only(node)) != 0 ? 0 : accesses_[location_[node]];
    }
  }

  void relate() {
    for (std::size_t location = 0; location < graph_.locations(); ++location) {
      for (std::size_t rank = 0; rank < graph_.writes(location); ++rank) {
        for (std::size_t later = rank + 1; later < graph_.writes(location); ++later) {
          split_.modification_order.add(write_node(location, rank), write_node(location, later));
        }
      }
    }
    for (std::size_t thread = 0; thread < graph_.threads(); ++thread) {
      for (std::size_t index = 0; index < graph_.length(thread); ++index) {
        relate_reader(partial_graph::id(thread, index));
      }
    }
  }

 private:
  void add_event(event_id which) {
    const partial_event& event = graph_.event(which);
    if (event.kind == event_kind::choice) return;
    const bool full = event.order == memory_order::full;
    if (full || event.kind == event_kind::fence) add_fence(event.order);
    if (event.kind == event_kind::fence) return;
    const memory_order order = full ? memory_order::acq_rel : event.order;
    if (event.kind != event_kind::write)
      nodes_[which].read = add_access(event, order, split_.reads);
    if (event.kind != event_kind::read)
      nodes_[which].write = add_access(event, order, split_.writes);
    if (full) add_fence(event.order);
  }

  void add_fence(memory_order given) {
    const auto order = given == memory_order::full ? memory_order::seq_cst : given;
    const node_set node = only(next_++);
    split_.fences |= node;
    if (acquires(order)) split_.acquires |= node;
    if (releases(order)) split_.releases |= node;
    if (order == memory_order::seq_cst) split_.seq_cst |= node;
  }

  std::uint8_t add_access(const partial_event& event, memory_order order, node_set& kind) {
    location_[next_] = event.location;
    const node_set node = only(next_);
    kind |= node;
    accesses_[event.location] |= node;
    if (order == memory_order::plain) split_.plain |= node;
    if (order == memory_order::racy) split_.racy |= node;
    if (&kind == &split_.reads && acquires(order)) split_.acquires |= node;
    if (&kind == &split_.writes && releases(order)) split_.releases |= node;
    if (order == memory_order::seq_cst) split_.seq_cst |= node;
    return static_cast<std::uint8_t>(next_++);
  }

  std::size_t write_node(std::size_t location, std::size_t rank) const {
    return nodes_[graph_.write(location, rank)].write;
  }

  void relate_reader(event_id reader) {
    const partial_event& event = graph_.event(reader);
    if (event.kind != event_kind::read && event.kind != event_kind::update) return;
    const std::size_t read = nodes_[reader].read;
    if (event.kind == event_kind::update) split_.update_pairs.add(read, nodes_[reader].write);
    if (event.from == from_initial) {
      split_.from_reads.row(read) = accesses_[event.location] & split_.writes;
      return;
    }
    const std::size_t source = nodes_[event.from].write;
    split_.reads_from.add(source, read);
    split_.from_reads.row(read) = split_.modification_order.row(source);
  }

  const partial_graph& graph_;
  split_graph& split_;
  std::size_t next_ = 0;
  std::array<halves, max_threads * max_events> nodes_{};
  std::array<std::uint8_t, max_nodes> location_{};
  std::array<node_set, max_locations> accesses_{};
};

}  // namespace

split_graph::split_graph(const partial_graph& graph)
    : size{count_nodes(graph)},
      program_order{size},
      reads_from{size},
      modification_order{size},
      from_reads{size},
      update_pairs{size} {
  splitter from{graph, *this};
  from.add_nodes();
  from.relate();
}

}  // namespace stockcheck::explore::reference
