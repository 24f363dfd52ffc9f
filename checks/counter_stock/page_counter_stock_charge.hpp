// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: charging through the per-CPU stock of a page_counter.
#pragma once

#include "checks/counter_stock/counter_stock_scenario.hpp"

namespace stockcheck::checks {

template <class S>
struct stock_two_cpus : counter_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_stock/two_cpus",
      .summary = "Two CPUs charge through their own stocks.",
      .task_list = {{{"charge 1, charge 1"}, {"charge 1", {.cpu = 1}}}},
  };

  stock_two_cpus() : counter_stock_scenario<S>(2) {}
  void task(unsigned number) {
    this->root.try_charge_stock(1);
    if (number == 0) this->root.try_charge_stock(1);
  }
};

template <class S>
struct stock_same_cpu : counter_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_stock/same_cpu",
      .summary = "Two tasks on one CPU charge through the same stock.",
      .task_list = {{{"charge 1"}, {"charge 1"}}},
      .nr_cpus = 1,
  };

  stock_same_cpu() : counter_stock_scenario<S>(2) { this->waive_stock_bound(); }
  void task(unsigned) { this->root.try_charge_stock(1); }
};

template <class S>
struct stock_above_batch : counter_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_stock/above_batch",
      .summary = "Two tasks on one CPU both deposit: its stock exceeds the batch.",
      .task_list = {{{"charge 1"}, {"charge 1"}}},
      .nr_cpus = 1,
      .known = known_property{oracle::stock_bound, "stock-above-batch"},
  };

  stock_above_batch() : counter_stock_scenario<S>(4) {}
  void task(unsigned) { this->root.try_charge_stock(1); }
};

template <class S>
struct stock_same_cpu_consume : counter_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_stock/same_cpu_consume",
      .summary =
          "Two tasks on one CPU want the last page of its stock; one must go to the counter.",
      .task_list = {{{"charge 1"}, {"charge 1"}}},
      .nr_cpus = 1,
  };

  stock_same_cpu_consume() : counter_stock_scenario<S>(2) { this->root.try_charge_stock(1); }
  void task(unsigned) { this->root.try_charge_stock(1); }
};

template <class S>
struct stock_too_small : counter_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_stock/too_small",
      .summary = "A CPU's stock is not empty but too small: it stays, and a batch is charged.",
      .task_list = {{{"charge 2"}, {"charge 1", {.cpu = 1}}}},
  };

  // Set-up runs on CPU 0 and leaves a page in its stock.
  stock_too_small() : counter_stock_scenario<S>(3) { this->root.try_charge_stock(2); }
  void task(unsigned number) { this->root.try_charge_stock(number == 0 ? 2 : 1); }
};

template <class S>
struct stock_hierarchy : counter_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_stock/hierarchy",
      .summary = "Parent and child have stocks of their own and are charged at once.",
      .task_list = {{{"charge child 1"}, {"charge root 1", {.cpu = 1}}}},
  };
  counter_group<S> root{*this, "root"};
  counter_group<S> child{*this, "child", &root};

  stock_hierarchy() {
    this->peak_in_the_past(child);
    root.alloc_stock(2);
    child.alloc_stock(2);
  }
  void task(unsigned number) { (number == 0 ? child : root).try_charge_stock(1); }
};

template <class S>
struct stock_batch_above_limit : counter_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_stock/batch_above_limit",
      .summary = "The batch does not fit below the limit: the exact charge is tried and succeeds.",
      .task_list = {{{"charge 1"}}},
      .nr_cpus = 1,
  };

  stock_batch_above_limit() : counter_stock_scenario<S>(4) { this->root.set_max(2); }
  void task(unsigned) { this->root.try_charge_stock(1); }
  void check() override {
    S::atomics::expect(this->root.held() == 1, oracle::scenario, "a charge that fits was refused",
                       {{"pages held", this->root.held()}});
  }
};

template <class S>
struct stock_batch_races_for_limit : counter_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_stock/batch_races_for_limit",
      .summary = "Batches of two CPUs do not both fit below the parent's limit.",
      .task_list = {{{"charge 1"}, {"charge 1", {.cpu = 1}}}},
  };
  counter_group<S> root{*this, "root"};
  counter_group<S> child{*this, "child", &root};

  stock_batch_races_for_limit() {
    this->peak_in_the_past(child);
    child.alloc_stock(2);
    root.set_max(3);
  }
  void task(unsigned) { child.try_charge_stock(1); }
};

template <class S>
struct stock_elsewhere : counter_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_stock/stock_elsewhere",
      .summary = "Pages stocked on CPU 0 make a charge on CPU 1 fail; draining helps it.",
      .task_list = {{{"charge 1"}, {"charge 1, drain all and charge 1 if refused", {.cpu = 1}}}},
  };

  stock_elsewhere() : counter_stock_scenario<S>(2) { this->root.set_max(2); }
  void task(unsigned number) {
    if (this->root.try_charge_stock(1) || number == 0) return;
    this->root.drain_all();
    this->root.try_charge_stock(1);
  }
};

template <class S>
struct stock_against_set_max : counter_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_stock/against_set_max",
      .summary = "A limit is lowered while a batch is charged; stocked pages count as usage.",
      .task_list = {{{"charge 1, charge 1"}, {"set_max 1", {.cpu = 1}}}},
  };

  stock_against_set_max() : counter_stock_scenario<S>(2) {}
  void task(unsigned number) {
    if (number == 0) {
      this->root.try_charge_stock(1);
      this->root.try_charge_stock(1);
    } else {
      this->root.set_max(1);
    }
  }
};

template <class S>
struct stock_migration : counter_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_stock/migration",
      .summary = "A task moves to another CPU between the batch charge and the deposit.",
      .task_list = {{{"charge 1, charge 1", {.cpu = 0, .migrations = 1}}}},
  };

  stock_migration() : counter_stock_scenario<S>(2) {}
  void task(unsigned) {
    this->root.try_charge_stock(1);
    this->root.try_charge_stock(1);
  }
};

template <class S>
struct stock_migration_against_drain : counter_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_stock/migration_against_drain",
      .summary = "A task moves before it deposits while the CPU it left is drained.",
      .task_list = {{{"charge 1", {.cpu = 0, .migrations = 1}}, {"drain all", {.cpu = 1}}}},
  };

  stock_migration_against_drain() : counter_stock_scenario<S>(2) {}
  void task(unsigned number) {
    if (number == 0) {
      this->root.try_charge_stock(1);
    } else {
      this->root.drain_all();
    }
  }
};

using page_counter_stock_charge_scenarios =
    scenario_list<stock_two_cpus, stock_same_cpu, stock_above_batch, stock_same_cpu_consume,
                  stock_too_small, stock_hierarchy, stock_batch_above_limit,
                  stock_batch_races_for_limit, stock_elsewhere, stock_against_set_max,
                  stock_migration, stock_migration_against_drain>;

}  // namespace stockcheck::checks
