// SPDX-License-Identifier: GPL-2.0-only
// Nodes and their CPUs.
#include "model/kernel/numa_topology.hpp"

#include "model/atomics/std_atomics.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace stockcheck;

TEST_CASE("a node has the CPUs it was given, and others may have none") {
  constexpr std::array node_of_cpu{2U, 0U, 2U};
  const kernel::numa_topology<std_atomics> nodes{3, node_of_cpu};
  CHECK(nodes.nr_node_ids() == 3);
  CHECK(nodes.num_possible_cpus() == 3);
  CHECK(nodes.nr_possible_cpus_node(0) == 1);
  CHECK(nodes.nr_possible_cpus_node(1) == 0);
  CHECK(nodes.nr_possible_cpus_node(2) == 2);
  CHECK(nodes.nr_cpus_node(1) == 0);
  CHECK(nodes.nr_cpus_node(2) == 2);
}

TEST_CASE("a CPU that goes offline leaves the mask of its node but stays possible") {
  constexpr std::array node_of_cpu{0U, 1U, 1U};
  kernel::numa_topology<std_atomics> nodes{2, node_of_cpu};
  nodes.numa_remove_cpu(2);
  CHECK(nodes.nr_cpus_node(0) == 1);
  CHECK(nodes.nr_cpus_node(1) == 1);
  CHECK(nodes.nr_possible_cpus_node(1) == 2);
  CHECK(nodes.num_possible_cpus() == 3);
  nodes.numa_remove_cpu(2);
  CHECK(nodes.nr_cpus_node(1) == 1);
  nodes.numa_remove_cpu(1);
  CHECK(nodes.nr_cpus_node(1) == 0);
  nodes.numa_add_cpu(2);
  CHECK(nodes.nr_cpus_node(1) == 1);
}
