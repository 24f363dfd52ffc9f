// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: softirqs charge and free slab objects in the middle of the hook.
#pragma once

#include "checks/slab/slab_charge_scenario.hpp"

namespace stockcheck::checks {

template <class Base>
struct slab_softirq_free : Base {
  slab_softirq_free() {
    this->obj_exts_exist();
    this->alloc({this->node0[3], this->node1[3]});
    this->template add_softirq<&slab_softirq_free::receive>(0, *this);
  }
  void receive() { this->free({this->node1[3]}); }
  void task(unsigned number) {
    if (number == 0) {
      this->alloc({this->node0[0], this->node0[1], this->node1[0]});
    } else {
      this->free({this->node0[3]});
    }
  }
};

template <class S>
struct slab_softirq_per_object
    : slab_softirq_free<slab_on_slots<S, memcg::slab_batching::per_object>> {
  static constexpr scenario_info info{
      .name = "slab_charge/softirq_per_object",
      .summary =
          "6.18: a softirq frees an object in the middle of the hook, past the stock if that is in "
          "use.",
      .task_list = {{{"alloc 3; softirq: free 1"}, {"free 1", {.cpu = 1}}}},
  };
};

template <class S>
struct slab_softirq_run_length
    : slab_softirq_free<slab_on_slots<S, memcg::slab_batching::run_length>> {
  static constexpr scenario_info info{
      .name = "slab_charge/softirq_run_length",
      .summary = "A softirq frees an object while a run is charged.",
      .task_list = {{{"alloc 3; softirq: free 1"}, {"free 1", {.cpu = 1}}}},
  };
};

template <class S>
struct slab_softirq_alloc : slab_on_slots<S, memcg::slab_batching::batch_count> {
  static constexpr scenario_info info{
      .name = "slab_charge/softirq_alloc",
      .summary = "A softirq allocates in bulk while a task does, from the same slab.",
      .task_list = {{{"alloc 2; softirq: alloc 2"}}},
      .nr_cpus = 1,
  };

  slab_softirq_alloc() { this->template add_softirq<&slab_softirq_alloc::receive>(0, *this); }
  void receive() { this->alloc({this->node0[2], this->node0[3]}); }
  void task(unsigned) { this->alloc({this->node0[0], this->node0[1]}); }
};

using slab_charge_interrupt_scenarios =
    scenario_list<slab_softirq_per_object, slab_softirq_run_length, slab_softirq_alloc>;

}  // namespace stockcheck::checks
