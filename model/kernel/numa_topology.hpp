// SPDX-License-Identifier: GPL-2.0-only
// NUMA nodes and the CPUs that belong to them: possible ones for ever, others until they go
// offline.
#pragma once

#include "model/atomics/atomics.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <span>

namespace stockcheck::kernel {

/// The nodes of one machine. Which possible CPUs a node has never changes. The mask that
/// cpumask_of_node() names loses a CPU that goes offline, on x86, arm64 and riscv: there
/// numa_remove_cpu() is part of taking a CPU down. Thread-safe.
template <atomics_policy A>
class numa_topology {
 public:
  static constexpr unsigned max_nodes = 4;

  /// `node_of_cpu` has the node of each possible CPU, all of them online; a node that is not there
  /// has no CPU.
  numa_topology(unsigned nr_nodes, std::span<const unsigned> node_of_cpu) : nr_nodes_(nr_nodes) {
    for (const unsigned nid : node_of_cpu) {
      node_of_cpu_.at(nr_possible_cpus_) = nid;
      ++nr_possible_cpus_of_.at(nid);
      numa_add_cpu(nr_possible_cpus_++);
    }
    for (unsigned nid = 0; nid < max_nodes; ++nid)
      A::label(cpumask_of_node_[nid], "cpumask_of_node", names[nid]);
  }
  numa_topology(const numa_topology&) = delete;
  numa_topology& operator=(const numa_topology&) = delete;

  /// Nodes that for_each_node() visits, whether they are online or have CPUs or not.
  [[nodiscard]] unsigned nr_node_ids() const { return nr_nodes_; }
  [[nodiscard]] unsigned num_possible_cpus() const { return nr_possible_cpus_; }
  [[nodiscard]] unsigned nr_possible_cpus_node(unsigned nid) const {
    return nr_possible_cpus_of_.at(nid);
  }

  /// nr_cpus_node(): the weight of cpumask_of_node(), now.
  [[nodiscard]] unsigned nr_cpus_node(unsigned nid, location at = location::current()) const {
    return static_cast<unsigned>(std::popcount(cpumask_of_node_.at(nid).load(order::relaxed, at)));
  }
  void numa_add_cpu(unsigned cpu, location at = location::current()) {
    mask_with(cpu).fetch_or(bit_of(cpu), order::relaxed, at);
  }
  void numa_remove_cpu(unsigned cpu, location at = location::current()) {
    mask_with(cpu).fetch_and(~bit_of(cpu), order::relaxed, at);
  }

 private:
  using cpumask = typename A::template atomic<unsigned long>;

  static constexpr std::array names{"node0", "node1", "node2", "node3"};
  static_assert(names.size() == max_nodes);
  static constexpr std::size_t max_cpus = 8;

  static unsigned long bit_of(unsigned cpu) { return 1UL << cpu; }
  cpumask& mask_with(unsigned cpu) { return cpumask_of_node_.at(node_of_cpu_.at(cpu)); }

  unsigned nr_nodes_;
  unsigned nr_possible_cpus_ = 0;
  std::array<unsigned, max_cpus> node_of_cpu_{};
  std::array<unsigned, max_nodes> nr_possible_cpus_of_{};
  std::array<cpumask, max_nodes> cpumask_of_node_;
};

}  // namespace stockcheck::kernel
