// SPDX-License-Identifier: GPL-2.0-only
// Scenarios of every kind of byte stock: interrupts charge and free objects.
#pragma once

#include "checks/object_stock/object_families.hpp"

namespace stockcheck::checks {

template <class Family>
struct object_charge_interrupted : object_single<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "interrupted_charge">,
      .summary = "A softirq charges an object in the middle of the charge of another one.",
      .task_list = {{{"alloc 3; softirq: alloc 2"}}},
      .nr_cpus = 1,
  };

  object_charge_interrupted() {
    this->template add_softirq<&object_charge_interrupted::interrupt>(0, *this);
    this->waive_stock_bound();
  }
  void interrupt() { this->a.alloc_slab(2, 1); }
  void task(unsigned) { this->a.alloc_slab(3, 0); }
};

template <class Family>
struct object_free_interrupted : object_single<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "interrupted_free">,
      .summary = "A softirq frees an object in the middle of everything that a stock does.",
      .task_list = {{{"alloc 1, free 1, drain a; softirq: free 7"}}},
      .nr_cpus = 1,
  };

  object_free_interrupted() {
    this->a.alloc_slab(7, 0);
    this->template add_softirq<&object_free_interrupted::interrupt>(0, *this);
  }
  void interrupt() { this->a.free_slab(7, 0); }
  void task(unsigned) {
    this->a.alloc_slab(1, 0);
    this->a.free_slab(1, 0);
    this->a.drain_all();
  }
};

/// Interrupts nest: the hardirq finds the stock as the softirq or the task has left it.
template <class Family>
struct object_interrupts_nest : object_single<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "interrupts_nest">,
      .summary = "A softirq frees an object in the middle of a charge, a hardirq in either.",
      .task_list = {{{"alloc 1; softirq: free 3, hardirq: free 2"}}},
      .nr_cpus = 1,
  };

  object_interrupts_nest() {
    this->a.alloc_slab(3, 0);
    this->a.alloc_slab(2, 1);
    this->template add_softirq<&object_interrupts_nest::free_softly>(0, *this);
    this->template add_hardirq<&object_interrupts_nest::free_hard>(0, *this);
  }
  void free_softly() { this->a.free_slab(3, 0); }
  void free_hard() { this->a.free_slab(2, 1); }
  void task(unsigned) { this->a.alloc_slab(1, 0); }
};

template <class Family>
struct object_bytes_interrupted : object_single<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "bytes_interrupted">,
      .summary =
          "A softirq charges and frees what is in no statistic while a whole page is charged.",
      .task_list = {{{"alloc 4, free 4; softirq: alloc 1, free 1"}}},
      .nr_cpus = 1,
  };

  object_bytes_interrupted() {
    this->a.alloc(2);
    this->template add_softirq<&object_bytes_interrupted::interrupt>(0, *this);
  }
  void interrupt() {
    this->a.alloc(1);
    this->a.free(1);
  }
  void task(unsigned) {
    this->a.alloc_slab(4, 0);
    this->a.free_slab(4, 0);
  }
};

}  // namespace stockcheck::checks
