// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: slab objects are charged in bulk while something else happens to the group, its stocks
// or its CPU.
#pragma once

#include "checks/slab/slab_charge_scenario.hpp"

namespace stockcheck::checks {

template <class S>
struct slab_freed_elsewhere : slab_on_slots<S, memcg::slab_batching::run_length> {
  static constexpr scenario_info info{
      .name = "slab_charge/freed_elsewhere",
      .summary = "Objects are freed on another CPU as soon as they have been allocated.",
      .task_list = {{{"alloc 3, alloc 1"}, {"free these 3", {.cpu = 1}}}},
  };

  slab_freed_elsewhere() { this->obj_exts_exist(); }
  void task(unsigned number) {
    if (number == 0) {
      this->alloc({this->node0[0], this->node0[1], this->node1[0]});
      handed_over_.store(1, order::release);
      this->alloc({this->node0[2]});
    } else {
      S::atomics::await([this] { return handed_over_.load(order::acquire) != 0; });
      this->free({this->node0[0], this->node0[1], this->node1[0]});
    }
  }

 private:
  typename S::atomics::template atomic<int> handed_over_{0};
};

/// A CPU allocates in bulk and frees, and its stock is drained meanwhile.
template <class Base>
struct slab_against_drain : Base {
  slab_against_drain() {
    this->obj_exts_exist();
    this->alloc({this->node1[3]});
  }
  void task(unsigned number) {
    if (number == 0) {
      this->alloc({this->node0[0], this->node0[1], this->node1[0]});
      this->free({this->node1[3]});
    } else if (number == 1) {
      this->a.drain_all();
      this->drainers_ended();
    } else {
      this->work_on(0);
    }
  }
};

template <class S>
struct slab_drain_run_length
    : slab_against_drain<slab_on_slots<S, memcg::slab_batching::run_length>> {
  static constexpr scenario_info info{
      .name = "slab_charge/drain_run_length",
      .summary = "The stock is drained between two runs.",
      .task_list = {{{"alloc 3, free 1"}, {"drain a", {.cpu = 1}}, {"worker"}}},
  };
};

/// The group goes offline while objects are charged to it; some of it pays the parent.
template <class Base>
struct slab_against_offline : Base {
  slab_against_offline() {
    this->obj_exts_exist();
    this->alloc({this->node0[3]});
  }
  void task(unsigned number) {
    if (number == 0) {
      this->alloc({this->node0[0], this->node1[0]});
    } else {
      this->a.go_offline();
    }
  }
};

template <class S>
struct slab_offline_per_object
    : slab_against_offline<slab_on_one_slot<S, memcg::slab_batching::per_object>> {
  static constexpr scenario_info info{
      .name = "slab_charge/offline_per_object",
      .summary = "The group goes offline between two objects: the parent pays for the second.",
      .task_list = {{{"alloc 2"}, {"a goes offline", {.cpu = 1}}}},
  };
};

template <class S>
struct slab_offline_batch_count
    : slab_against_offline<slab_below_parent<S, memcg::slab_batching::batch_count>> {
  static constexpr scenario_info info{
      .name = "slab_charge/offline_batch_count",
      .summary = "The group goes offline while batches of two nodes are charged.",
      .task_list = {{{"alloc 2"}, {"a goes offline", {.cpu = 1}}}},
  };
};

template <class S>
struct slab_last_object : slab_below_parent<S, memcg::slab_batching::run_length> {
  static constexpr scenario_info info{
      .name = "slab_charge/last_object",
      .summary =
          "The last object of a group that goes offline is freed, when no stock names the group: "
          "the last reference may be that of the object.",
      .task_list = {{{"free 1"}, {"a goes offline", {.cpu = 1}}}},
  };

  slab_last_object() {
    this->obj_exts_exist();
    this->alloc({this->node1[0]});
    this->a.drain_all();
  }
  void task(unsigned number) {
    if (number == 0) {
      this->free({this->node1[0]});
    } else {
      this->a.go_offline();
    }
  }
};

/// Two tasks allocate objects of slabs that have obj_exts.
template <class Base>
struct slab_of_two_tasks : Base {
  slab_of_two_tasks() { this->obj_exts_exist(); }
  void task(unsigned number) {
    if (number == 0) {
      this->alloc({this->node0[0], this->node1[0]});
    } else {
      this->alloc({this->node1[1]});
    }
  }
};

template <class S>
struct slab_same_cpu : slab_of_two_tasks<slab_on_slots<S, memcg::slab_batching::run_length>> {
  static constexpr scenario_info info{
      .name = "slab_charge/same_cpu",
      .summary = "Two tasks of a CPU allocate in bulk; one may be moved between two runs.",
      .task_list = {{{"alloc 2", {.cpu = 0, .migrations = 1}}, {"alloc 1"}}},
  };
};

/// CPU 2 keeps bytes and statistics.
template <class Base>
struct slab_against_death : Base {
  slab_against_death() {
    this->obj_exts_exist();
    this->on_cpu(2, [this] { this->alloc({this->node1[3]}); });
  }
  void task(unsigned number) {
    if (number == 1) return this->take_down(2);
    this->alloc({this->node0[0], this->node1[0]});
    this->free({this->node1[3]});
  }
};

template <class S>
struct slab_dead_cpu : slab_against_death<slab_on_slots<S, memcg::slab_batching::run_length>> {
  static constexpr scenario_info info{
      .name = "slab_charge/dead_cpu",
      .summary = "A CPU goes offline while objects of two nodes are charged and one is freed.",
      .task_list = {{{"alloc 2, free 1"}, {"take cpu 2 down", {.cpu = 1}}}},
      .nr_cpus = 3,
  };
};

template <class S>
struct slab_dead_cpu_at_once
    : slab_against_death<slab_on_slots<S, memcg::slab_batching::all_at_once>> {
  static constexpr scenario_info info{
      .name = "slab_charge/dead_cpu_at_once",
      .summary = "The same; the objects are counted apart from their charge, in one of the slots.",
      .task_list = {{{"alloc 2, free 1"}, {"take cpu 2 down", {.cpu = 1}}}},
      .nr_cpus = 3,
  };
};

template <class S>
struct slab_slots_at_once : slab_on_slots<S, memcg::slab_batching::all_at_once> {
  static constexpr scenario_info info{
      .name = "slab_charge/slots_at_once",
      .summary = "Objects are counted apart from their charge by one CPU and with it by another.",
      .task_list = {{{"alloc 1, free 1"}, {"alloc 1, counted with it, free 1", {.cpu = 1}}}},
  };

  slab_slots_at_once() { this->obj_exts_exist(); }
  void task(unsigned number) {
    if (number == 0) {
      this->alloc({this->node0[0]});
      this->free({this->node0[0]});
    } else {
      this->a.alloc_slab(1, 1);
      this->a.free_slab(1, 1);
    }
  }
};

template <class S>
struct slab_slots_drained_at_once
    : slab_against_drain<slab_on_slots<S, memcg::slab_batching::all_at_once>> {
  static constexpr scenario_info info{
      .name = "slab_charge/slots_drained_at_once",
      .summary = "A stock with slots is drained between the charge of objects and their counting.",
      .task_list = {{{"alloc 3, free 1"}, {"drain a", {.cpu = 1}}, {"worker"}}},
  };
};

template <class S>
struct slab_both_at_once : slab_on_slots<S, memcg::slab_batching::all_at_once> {
  static constexpr scenario_info info{
      .name = "slab_charge/both_at_once",
      .summary = "Two CPUs count objects apart from their charge; one of them frees bytes as well.",
      .task_list = {{{"alloc 1"}, {"alloc 1, free 3 bytes", {.cpu = 1}}}},
  };

  slab_both_at_once() {
    this->obj_exts_exist();
    this->a.alloc(3);
  }
  void task(unsigned number) {
    this->alloc({number == 0 ? this->node0[0] : this->node1[0]});
    if (number == 1) this->a.free(3);
  }
};

using slab_charge_race_scenarios =
    scenario_list<slab_freed_elsewhere, slab_drain_run_length, slab_offline_per_object,
                  slab_offline_batch_count, slab_last_object, slab_same_cpu, slab_dead_cpu,
                  slab_dead_cpu_at_once, slab_slots_at_once, slab_slots_drained_at_once,
                  slab_both_at_once>;

}  // namespace stockcheck::checks
