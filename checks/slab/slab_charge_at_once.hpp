// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: slab objects are charged as Linux 6.1 and 6.12 do it, all bytes at once and then each
// object in the statistics, over byte stocks with one slot. What happens in them is that of the
// other groups.
#pragma once

#include "checks/slab/slab_charge_bulk.hpp"
#include "checks/slab/slab_charge_failure.hpp"
#include "checks/slab/slab_charge_interrupt.hpp"
#include "checks/slab/slab_charge_race.hpp"

namespace stockcheck::checks {

template <class S>
struct slab_bulk_at_once : slab_bulk<slab_on_one_slot<S, memcg::slab_batching::all_at_once>> {
  static constexpr scenario_info info{
      .name = "slab_charge/bulk_at_once",
      .summary = "6.1, 6.12: objects of two nodes are charged all at once, beside another CPU.",
      .task_list = {{{"alloc 3"}, {"alloc 1, free 2", {.cpu = 1}}}},
  };
};

template <class S>
struct slab_obj_exts_at_once
    : slab_without_obj_exts<slab_on_one_slot<S, memcg::slab_batching::all_at_once>> {
  static constexpr scenario_info info{
      .name = "slab_charge/obj_exts_at_once",
      .summary = "6.1, 6.12: a slab may get no obj_exts; the charge of its object is returned.",
      .task_list = {{{"alloc 3, one may stay uncharged"}, {"free 1", {.cpu = 1}}}},
  };
};

template <class S>
struct slab_refused_at_once : slab_refused<slab_on_one_slot<S, memcg::slab_batching::all_at_once>> {
  static constexpr scenario_info info{
      .name = "slab_charge/refused_at_once",
      .summary = "6.1, 6.12: all objects are refused at once.",
      .task_list = {{{"alloc 4, perhaps refused"}, {"free 1", {.cpu = 1}}}},
  };
};

template <class S>
struct slab_bulk_refused : slab_that_fits<slab_on_one_slot<S, memcg::slab_batching::all_at_once>> {
  static constexpr scenario_info info{
      .name = "slab_charge/bulk_refused",
      .summary = "6.1, 6.12: a bulk is refused although its objects fit one by one.",
      .task_list = {{{"alloc 4"}}},
      .nr_cpus = 1,
      .known = known_property{oracle::overcharge, "batch-refused"},
  };
};

template <class S>
struct slab_drain_at_once
    : slab_against_drain<slab_on_one_slot<S, memcg::slab_batching::all_at_once>> {
  static constexpr scenario_info info{
      .name = "slab_charge/drain_at_once",
      .summary =
          "6.1, 6.12: the stock is drained between the charge of the objects and their counting.",
      .task_list = {{{"alloc 3, free 1"}, {"drain a", {.cpu = 1}}, {"worker"}}},
  };
};

template <class S>
struct slab_same_cpu_at_once
    : slab_of_two_tasks<slab_on_one_slot<S, memcg::slab_batching::all_at_once>> {
  static constexpr scenario_info info{
      .name = "slab_charge/same_cpu_at_once",
      .summary = "6.1, 6.12: two tasks of a CPU allocate; one may be moved before it counts.",
      .task_list = {{{"alloc 2", {.cpu = 0, .migrations = 1}}, {"alloc 1"}}},
  };
};

template <class S>
struct slab_softirq_at_once
    : slab_softirq_free<slab_on_one_slot<S, memcg::slab_batching::all_at_once>> {
  static constexpr scenario_info info{
      .name = "slab_charge/softirq_at_once",
      .summary = "6.1, 6.12: a softirq frees an object in the middle of the hook.",
      .task_list = {{{"alloc 3; softirq: free 1"}, {"free 1", {.cpu = 1}}}},
  };
};

/// Both find no obj_exts and allocate them; those that come second are thrown away.
template <class S>
struct slab_first_objects_at_once : slab_on_one_slot<S, memcg::slab_batching::all_at_once> {
  static constexpr scenario_info info{
      .name = "slab_charge/first_objects_at_once",
      .summary = "6.1, 6.12: two CPUs allocate the first objects of a slab.",
      .task_list = {{{"alloc 1"}, {"alloc 1", {.cpu = 1}}}},
  };

  void task(unsigned number) { this->alloc({this->node0[number]}); }
};

using slab_charge_at_once_scenarios =
    scenario_list<slab_bulk_at_once, slab_obj_exts_at_once, slab_refused_at_once, slab_bulk_refused,
                  slab_drain_at_once, slab_same_cpu_at_once, slab_softirq_at_once,
                  slab_first_objects_at_once>;

}  // namespace stockcheck::checks
