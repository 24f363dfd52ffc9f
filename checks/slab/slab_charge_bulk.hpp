// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: slab objects are charged in bulk, by each version of the hook.
#pragma once

#include "checks/slab/slab_charge_scenario.hpp"

namespace stockcheck::checks {

/// Two objects of one node and one of another are allocated together, while the other CPU allocates
/// and frees.
template <class Base>
struct slab_bulk : Base {
  slab_bulk() {
    this->obj_exts_exist();
    this->alloc({this->node0[3]});
  }
  void task(unsigned number) {
    if (number == 0) {
      this->alloc({this->node0[0], this->also_node0[0], this->node1[0]});
    } else {
      this->alloc({this->node1[1]});
      this->free({this->node0[3], this->node1[1]});
    }
  }
};

template <class S>
struct slab_bulk_per_object : slab_bulk<slab_on_slots<S, memcg::slab_batching::per_object>> {
  static constexpr scenario_info info{
      .name = "slab_charge/bulk_per_object",
      .summary = "6.18: objects of two nodes are charged one by one, beside another CPU.",
      .task_list = {{{"alloc 3"}, {"alloc 1, free 2", {.cpu = 1}}}},
  };
};

template <class S>
struct slab_bulk_run_length : slab_bulk<slab_on_slots<S, memcg::slab_batching::run_length>> {
  static constexpr scenario_info info{
      .name = "slab_charge/bulk_run_length",
      .summary = "A run of objects on one node is charged in one go, and ends with the node.",
      .task_list = {{{"alloc 3"}, {"alloc 1, free 2", {.cpu = 1}}}},
  };
};

template <class S>
struct slab_bulk_batch_count : slab_bulk<slab_on_one_slot<S, memcg::slab_batching::batch_count>> {
  static constexpr scenario_info info{
      .name = "slab_charge/bulk_batch_count",
      .summary = "The review's form: a batch ends with the node, and gets its references at once.",
      .task_list = {{{"alloc 3"}, {"alloc 1, free 2", {.cpu = 1}}}},
  };
};

template <class S>
struct slab_nodes_alternate : slab_on_slots<S, memcg::slab_batching::run_length> {
  static constexpr scenario_info info{
      .name = "slab_charge/nodes_alternate",
      .summary = "Each object is on another node than the one before: runs of one.",
      .task_list = {{{"alloc 3"}, {"free 2", {.cpu = 1}}}},
  };

  slab_nodes_alternate() {
    this->obj_exts_exist();
    this->alloc({this->node0[2], this->node1[2]});
  }
  void task(unsigned number) {
    if (number == 0) {
      this->alloc({this->node0[0], this->node1[0], this->also_node0[0]});
    } else {
      this->free({this->node0[2], this->node1[2]});
    }
  }
};

template <class S>
struct slab_same_slab : slab_on_slots<S, memcg::slab_batching::batch_count> {
  static constexpr scenario_info info{
      .name = "slab_charge/same_slab",
      .summary = "Two CPUs charge the first objects of a slab: one of them brings the obj_exts.",
      .task_list = {{{"alloc 2"}, {"alloc 1", {.cpu = 1}}}},
  };

  void task(unsigned number) {
    if (number == 0) {
      this->alloc({this->node0[0], this->node0[1]});
    } else {
      this->alloc({this->node0[2]});
    }
  }
};

// The kernel's int ------------------------------------------------------------------------------

template <class S>
struct slab_int_run_length : slab_on_slots<S, memcg::slab_batching::run_length> {
  static constexpr scenario_info info{
      .name = "slab_charge/int_run_length",
      .summary =
          "Together the objects do not fit in an int with a page: those at the end are charged "
          "one by one.",
      .task_list = {{{"alloc 6"}, {"free 1", {.cpu = 1}}}},
  };

  /// (31 - 16) / 6 objects at most.
  slab_int_run_length() : slab_on_slots<S, memcg::slab_batching::run_length>({.max_int = 31}) {
    this->obj_exts_exist();
    this->alloc({this->node0[3]});
  }
  void task(unsigned number) {
    if (number == 0) {
      this->alloc({this->node0[0], this->node0[1], this->node0[2], this->also_node0[0],
                   this->also_node0[1], this->also_node0[2]});
    } else {
      this->free({this->node0[3]});
    }
  }
};

template <class S>
struct slab_int_batch_count : slab_on_slots<S, memcg::slab_batching::batch_count> {
  static constexpr scenario_info info{
      .name = "slab_charge/int_batch_count",
      .summary = "Together the objects do not fit in an int: there are no batches.",
      .task_list = {{{"alloc 3"}, {"free 1", {.cpu = 1}}}},
  };

  slab_int_batch_count() : slab_on_slots<S, memcg::slab_batching::batch_count>({.max_int = 15}) {
    this->obj_exts_exist();
    this->alloc({this->node0[3]});
  }
  void task(unsigned number) {
    if (number == 0) {
      this->alloc({this->node0[0], this->node0[1], this->also_node0[0]});
    } else {
      this->free({this->node0[3]});
    }
  }
};

template <class S>
struct slab_statistic_overflow : slab_on_one_slot<S, memcg::slab_batching::run_length> {
  static constexpr scenario_info info{
      .name = "slab_charge/statistic_overflow",
      .summary = "Two runs, each of which leaves room for a page in an int, do not fit together.",
      .task_list = {{{"alloc 2"}}},
      .nr_cpus = 1,
      .known = known_property{oracle::statistics, "statistic-overflow"},
  };

  /// Six objects of 256 MiB: in tiny pages they would be as many pages as there are bytes.
  slab_statistic_overflow()
      : slab_on_one_slot<S, memcg::slab_batching::run_length>(
            {.page = 1U << 28U, .object = 1U << 28U}) {
    this->obj_exts_exist();
    this->alloc({this->node0[0], this->node0[1], this->node0[2], this->node0[3],
                 this->also_node0[0], this->also_node0[1]});
  }
  void task(unsigned) { this->alloc({this->also_node0[2], this->also_node0[3]}); }
};

using slab_charge_bulk_scenarios =
    scenario_list<slab_bulk_per_object, slab_bulk_run_length, slab_bulk_batch_count,
                  slab_nodes_alternate, slab_same_slab, slab_int_run_length, slab_int_batch_count,
                  slab_statistic_overflow>;

}  // namespace stockcheck::checks
