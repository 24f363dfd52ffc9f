// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: allocating and freeing the per-CPU stock of a page_counter.
#pragma once

#include "checks/counter_stock/counter_stock_scenario.hpp"

namespace stockcheck::checks {

template <class S>
struct stock_alloc_fails : counter_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_stock/alloc_fails",
      .summary = "The stock may fail to be allocated: then every charge is exact.",
      .task_list = {{{"charge 1"}, {"drain all", {.cpu = 1}}}},
  };
  counter_group<S> root{*this, "root"};

  stock_alloc_fails() {
    this->peak_in_the_past(root);
    this->let_allocations_fail(1);
    root.alloc_stock(2);
  }
  void task(unsigned number) {
    if (number == 0) {
      root.try_charge_stock(1);
    } else {
      root.drain_all();
    }
  }
};

template <class S>
struct stock_free_after_chargers : counter_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_stock/free_after_chargers",
      .summary = "The stock is freed once its chargers are gone: all CPUs are drained first.",
      .task_list = {{{"charge 1"}, {"charge 1", {.cpu = 1}}}},
  };

  stock_free_after_chargers() : counter_stock_scenario<S>(4) {}
  void task(unsigned) { this->root.try_charge_stock(1); }
  void check() override {
    this->root.free_stock();
    const auto usage = static_cast<long>(this->root.counter().read());
    S::atomics::expect(usage == this->root.held(), oracle::leak,
                       "pages of a freed stock are still charged",
                       {{"usage", usage}, {"held", this->root.held()}});
  }
};

template <class S>
struct stock_free_against_charger : counter_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_stock/free_against_charger",
      .summary = "The stock is freed while a task charges through it.",
      .task_list = {{{"charge 1"}, {"free the stock", {.cpu = 1}}}},
      .known = known_property{oracle::memory, "stock-freed-under-charger"},
  };

  stock_free_against_charger() : counter_stock_scenario<S>(4) {}
  void task(unsigned number) {
    if (number == 0) {
      this->root.try_charge_stock(1);
    } else {
      this->root.free_stock();
    }
  }
};

template <class S>
struct stock_alloc_against_charger : counter_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_stock/alloc_against_charger",
      .summary = "The stock is allocated while a task charges: it is published by a plain store.",
      .task_list = {{{"charge 1"}, {"alloc the stock", {.cpu = 1}}}},
      .known = known_property{oracle::memory, "stock-published-plainly"},
  };
  counter_group<S> root{*this, "root"};

  stock_alloc_against_charger() { this->peak_in_the_past(root); }
  void task(unsigned number) {
    if (number == 0) {
      root.try_charge_stock(1);
    } else {
      root.alloc_stock(2);
    }
  }
};

using page_counter_stock_lifetime_scenarios =
    scenario_list<stock_alloc_fails, stock_free_after_chargers, stock_free_against_charger,
                  stock_alloc_against_charger>;

}  // namespace stockcheck::checks
