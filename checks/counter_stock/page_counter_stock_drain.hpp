// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: draining per-CPU stocks, from their own CPU and from others.
#pragma once

#include "checks/counter_stock/counter_stock_scenario.hpp"

namespace stockcheck::checks {

/// CPU 0 charges in task 0; the other tasks drain CPU 0, each on a CPU of its own.
template <class S>
struct drain_scenario : counter_stock_scenario<S> {
  explicit drain_scenario(unsigned batch) : counter_stock_scenario<S>(batch) {}

  virtual void charge_on_cpu0() = 0;
  void task(unsigned number) {
    if (number == 0) {
      charge_on_cpu0();
    } else {
      this->root.drain(0);
    }
  }
};

template <class S>
struct consume_against_drain : drain_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_stock/consume_against_drain",
      .summary = "A CPU takes a page from its stock while another CPU drains it.",
      .task_list = {{{"charge 1"}, {"drain cpu 0", {.cpu = 1}}}},
  };

  // Set-up runs on CPU 0 and leaves three pages in its stock.
  consume_against_drain() : drain_scenario<S>(4) { this->root.try_charge_stock(1); }
  void charge_on_cpu0() override { this->root.try_charge_stock(1); }
};

template <class S>
struct refill_against_drain : drain_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_stock/refill_against_drain",
      .summary = "A CPU charges a batch and deposits the surplus while another CPU drains it.",
      .task_list = {{{"charge 1"}, {"drain cpu 0", {.cpu = 1}}}},
  };

  refill_against_drain() : drain_scenario<S>(4) {}
  void charge_on_cpu0() override { this->root.try_charge_stock(1); }
};

template <class S>
struct refill_of_rest_against_drain : drain_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_stock/refill_of_rest_against_drain",
      .summary = "The stock is not empty but too small: the deposit adds to it under a drain.",
      .task_list = {{{"charge 2"}, {"drain cpu 0", {.cpu = 1}}}},
  };

  refill_of_rest_against_drain() : drain_scenario<S>(3) { this->root.try_charge_stock(2); }
  void charge_on_cpu0() override { this->root.try_charge_stock(2); }
};

template <class S>
struct consume_and_refill_against_drain : drain_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_stock/consume_and_refill_against_drain",
      .summary = "A CPU deposits, consumes and uncharges while another CPU drains it.",
      .task_list = {{{"charge 1, charge 1, uncharge 1"}, {"drain cpu 0", {.cpu = 1}}}},
  };

  consume_and_refill_against_drain() : drain_scenario<S>(2) {}
  void charge_on_cpu0() override {
    this->root.try_charge_stock(1);
    if (this->root.try_charge_stock(1)) this->root.uncharge(1);
  }
};

template <class S>
struct drain_against_drain : drain_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_stock/drain_against_drain",
      .summary = "Two CPUs drain the same stock: its pages are returned once.",
      .task_list = {{{"drain cpu 0"}, {"drain cpu 0", {.cpu = 1}}}},
  };

  drain_against_drain() : drain_scenario<S>(4) { this->root.try_charge_stock(1); }
  void charge_on_cpu0() override { this->root.drain(0); }
};

template <class S>
struct two_drainers : drain_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_stock/two_drainers",
      .summary = "A CPU consumes while two others drain it.",
      .task_list = {{{"charge 1"}, {"drain cpu 0", {.cpu = 1}}, {"drain cpu 0", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  two_drainers() : drain_scenario<S>(2) { this->root.try_charge_stock(1); }
  void charge_on_cpu0() override { this->root.try_charge_stock(1); }
};

template <class S>
struct uncharge_against_drain : drain_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_stock/uncharge_against_drain",
      .summary = "A page is uncharged while the stock of its group is drained.",
      .task_list = {{{"uncharge 1"}, {"drain cpu 0", {.cpu = 1}}}},
  };

  uncharge_against_drain() : drain_scenario<S>(4) { this->root.try_charge_stock(1); }
  void charge_on_cpu0() override { this->root.uncharge(1); }
};

template <class S>
struct two_owners_one_drainer : counter_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_stock/two_owners_one_drainer",
      .summary = "Two CPUs charge and uncharge while a third drains all stocks.",
      .task_list = {{{"charge 1, uncharge 1"},
                     {"charge 1, uncharge 1", {.cpu = 1}},
                     {"drain all", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  two_owners_one_drainer() : counter_stock_scenario<S>(2) { this->root.set_max(4); }
  void task(unsigned number) {
    if (number == 2) {
      this->root.drain_all();
    } else if (this->root.try_charge_stock(1)) {
      this->root.uncharge(1);
    }
  }
};

template <class S>
struct drain_all_of_hierarchy : counter_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_stock/drain_all_of_hierarchy",
      .summary = "Stocks of parent and child are drained while the child is charged.",
      .task_list = {{{"charge child 1"}, {"drain child and root", {.cpu = 1}}}},
  };
  counter_group<S> root{*this, "root"};
  counter_group<S> child{*this, "child", &root};

  drain_all_of_hierarchy() {
    this->peak_in_the_past(child);
    root.alloc_stock(2);
    child.alloc_stock(2);
    root.try_charge_stock(1);
  }
  void task(unsigned number) {
    if (number == 0) {
      child.try_charge_stock(1);
    } else {
      child.drain_all();
      root.drain_all();
    }
  }
};

template <class S>
struct drain_all_twice : counter_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_stock/drain_all_twice",
      .summary = "Two CPUs drain all stocks, a third one drains its own: pages go back once.",
      .task_list = {{{"drain cpu 0"}, {"drain all", {.cpu = 1}}, {"drain all", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  drain_all_twice() : counter_stock_scenario<S>(4) {
    this->root.try_charge_stock(1);
    this->on_cpu(1, [this] { this->root.try_charge_stock(1); });
  }
  void task(unsigned number) {
    if (number == 0) {
      this->root.drain(0);
    } else {
      this->root.drain_all();
    }
  }
};

using page_counter_stock_drain_scenarios =
    scenario_list<consume_against_drain, refill_against_drain, refill_of_rest_against_drain,
                  consume_and_refill_against_drain, drain_against_drain, two_drainers,
                  uncharge_against_drain, two_owners_one_drainer, drain_all_of_hierarchy,
                  drain_all_twice>;

}  // namespace stockcheck::checks
