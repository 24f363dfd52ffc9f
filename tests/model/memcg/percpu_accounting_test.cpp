// SPDX-License-Identifier: GPL-2.0-only
// Percpu memory of groups and nodes, one task at a time. All numbers are bytes, worked out by hand.
#include "model/memcg/percpu_accounting.hpp"

#include "tests/model/recording_atomics.hpp"

#include <doctest/doctest.h>

#include <array>
#include <limits>

namespace {

using namespace stockcheck;
using tests::recording;
using policy = tests::recording_atomics;
using accounting_of = memcg::percpu_accounting<policy>;
using counted = accounting_of::counted;

/// Three CPUs: node 0 has one, node 1 none, node 2 two.
struct scene {
  static constexpr std::array<unsigned, 3> node_of_cpu{0, 2, 2};

  explicit scene(counted which = counted::possible) : accounting(nodes, which) {
    recording::clear();
  }

  kernel::numa_topology<policy> nodes{3, node_of_cpu};
  accounting_of accounting;
  accounting_of::mem_cgroup root{nullptr, "root"};
  accounting_of::mem_cgroup child{&root, "child"};
  accounting_of::obj_cgroup objcg{child};

  void alloc(unsigned long size) {
    accounting.pre_alloc_hook(objcg, size);
    accounting.post_alloc_hook(objcg, size, true);
  }
};

using on_nodes = std::array<long, 3>;
on_nodes nodes_of(const accounting_of::mem_cgroup& group) {
  return {group.lruvec_state(0), group.lruvec_state(1), group.lruvec_state(2)};
}

TEST_CASE("mult_frac rounds down and does not compute the product") {
  CHECK(memcg::mult_frac(8, 1, 3) == 2);
  CHECK(memcg::mult_frac(8, 2, 3) == 5);
  CHECK(memcg::mult_frac(40, 2, 3) == 26);
  CHECK(memcg::mult_frac(40, 3, 3) == 40);
  CHECK(memcg::mult_frac(0, 2, 3) == 0);
  CHECK(memcg::mult_frac(std::numeric_limits<unsigned long>::max(), 2, 3) ==
        12297829382473034410UL);
}

TEST_CASE("the full size is a copy for each possible CPU and a pointer for each four bytes") {
  const scene s;
  CHECK(memcg::pcpu_obj_extra_size(4) == 8);
  CHECK(memcg::pcpu_obj_extra_size(20) == 40);
  CHECK(s.accounting.full_size(4) == 3 * 4 + 8);
  CHECK(s.accounting.full_size(20) == 3 * 20 + 40);
}

TEST_CASE("an area is charged to the group and its ancestors before it is counted") {
  scene s;
  s.accounting.pre_alloc_hook(s.objcg, 4);
  CHECK(s.child.charged() == 20);
  CHECK(s.root.charged() == 20);
  CHECK(s.child.state() == 0);
  s.accounting.post_alloc_hook(s.objcg, 4, true);
  CHECK(s.child.charged() == 20);
}

TEST_CASE("a node gets the copies of its CPUs and their share of the pointers, rounded down") {
  scene s;
  s.alloc(4);  // 8 bytes of pointers: 8 / 3 and 16 / 3
  CHECK(nodes_of(s.child) == on_nodes{4 + 2, 0, 8 + 5});
  CHECK(s.child.state() == 19);
  CHECK(s.child.charged() == 20);
  s.alloc(12);  // 24 bytes of pointers: nothing is lost
  CHECK(nodes_of(s.child) == on_nodes{6 + 12 + 8, 0, 13 + 24 + 16});
  CHECK(s.child.state() == 79);
  CHECK(s.child.charged() == 80);
  CHECK(nodes_of(s.root) == on_nodes{0, 0, 0});
}

TEST_CASE("freeing takes off what allocating added") {
  scene s;
  for (const unsigned long size : {4UL, 8UL, 12UL, 20UL, 32768UL}) {
    s.alloc(size);
    s.accounting.free_hook(s.objcg, size);
    CHECK(nodes_of(s.child) == on_nodes{0, 0, 0});
    CHECK(s.child.state() == 0);
    CHECK(s.root.charged() == 0);
  }
}

TEST_CASE("an area that is not found is not counted, and its charge is returned") {
  scene s;
  s.accounting.pre_alloc_hook(s.objcg, 4);
  s.accounting.post_alloc_hook(s.objcg, 4, false);
  CHECK(s.child.charged() == 0);
  CHECK(s.root.charged() == 0);
  CHECK(nodes_of(s.child) == on_nodes{0, 0, 0});
}

TEST_CASE("a CPU that is offline keeps its share") {
  scene s;
  s.alloc(4);
  s.nodes.numa_remove_cpu(1);
  CHECK(s.nodes.nr_cpus_node(2) == 1);
  s.alloc(4);
  CHECK(nodes_of(s.child) == on_nodes{12, 0, 26});
  s.accounting.free_hook(s.objcg, 4);
  s.accounting.free_hook(s.objcg, 4);
  CHECK(nodes_of(s.child) == on_nodes{0, 0, 0});
}

TEST_CASE("counted by the node's mask, what is freed depends on who is online") {
  scene s{counted::in_node_mask};
  s.alloc(4);
  CHECK(nodes_of(s.child) == on_nodes{6, 0, 13});
  s.nodes.numa_remove_cpu(1);
  s.accounting.free_hook(s.objcg, 4);
  CHECK(nodes_of(s.child) == on_nodes{0, 0, 13 - 6});
  CHECK(s.child.charged() == 0);
  s.alloc(4);
  s.nodes.numa_add_cpu(1);
  s.accounting.free_hook(s.objcg, 4);
  CHECK(nodes_of(s.child) == on_nodes{0, 0, 0});
  s.nodes.numa_remove_cpu(1);
  s.nodes.numa_remove_cpu(2);
  s.alloc(4);
  CHECK(nodes_of(s.child) == on_nodes{6, 0, 0});
}

TEST_CASE("after reparenting the parent pays for what the child was counted with") {
  scene s;
  s.alloc(4);
  s.objcg.reparent();
  CHECK(&s.objcg.memcg() == &s.root);
  s.accounting.free_hook(s.objcg, 4);
  CHECK(nodes_of(s.child) == on_nodes{6, 0, 13});
  CHECK(nodes_of(s.root) == on_nodes{-6, 0, -13});
  CHECK(s.child.state() + s.root.state() == 0);
  CHECK(s.root.charged() == 0);
  CHECK(s.child.charged() == 20);
}

TEST_CASE("pages of chunks count for the node of each possible CPU") {
  scene s;
  s.accounting.pages_allocated(2);
  CHECK(s.accounting.node_page_state(0) == 8192);
  CHECK(s.accounting.node_page_state(1) == 0);
  CHECK(s.accounting.node_page_state(2) == 16384);
  s.nodes.numa_remove_cpu(1);
  s.accounting.pages_freed(2);
  CHECK(s.accounting.node_page_state(0) == 0);
  CHECK(s.accounting.node_page_state(2) == 0);
}

TEST_CASE("statistics need no order, the charge is fully ordered") {
  scene s;
  recording::clear();
  s.accounting.free_hook(s.objcg, 4);
  using tests::noted_access;
  const std::vector<noted_access> expected{
      {tests::operation::load, order::relaxed},  // objcg->memcg
      {tests::operation::sub, order::full},      // child, root
      {tests::operation::sub, order::full},
      {tests::operation::load, order::relaxed},
      {tests::operation::add, order::relaxed},  // group and node 0
      {tests::operation::add, order::relaxed},
      {tests::operation::add, order::relaxed},  // group and node 2
      {tests::operation::add, order::relaxed},
  };
  CHECK(recording::current().accesses == expected);
}

TEST_CASE("the largest area on the largest machine fits the int that a statistic is changed by") {
  // 8192 is the largest NR_CPUS; all are on one node.
  constexpr unsigned long nr_cpus = 8192;
  constexpr unsigned long size = memcg::pcpu_max_alloc_size;
  constexpr unsigned long share =
      nr_cpus * size + memcg::mult_frac(memcg::pcpu_obj_extra_size(size), nr_cpus, nr_cpus);
  CHECK(share == 268500992);
  CHECK(share < static_cast<unsigned long>(std::numeric_limits<int>::max()));
}

}  // namespace
