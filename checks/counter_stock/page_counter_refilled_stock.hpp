// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: the stock of a page_counter that takes back what is uncharged.
#pragma once

#include "checks/counter_stock/earlier_stock_scenario.hpp"

namespace stockcheck::checks {

template <class S>
struct refilled_stock_against_drain : refilled_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_refilled_stock/uncharge_against_drain",
      .summary = "A page goes back to its stock before or after the CPU is told to drain.",
      .task_list = {{{"uncharge 1, charge 1"}, {"drain all", {.cpu = 1}}, {"drain work"}}},
  };

  refilled_stock_against_drain() : refilled_stock_scenario<S>(2) { this->root.try_charge_stock(1); }
  void task(unsigned number) {
    if (number == 1) return this->drain_from_cpu1();
    if (number == 2) return this->work_on_cpu0();
    this->root.uncharge_stock(1);
    this->root.try_charge_stock(1);
  }
};

template <class S>
struct refilled_stock_above_batch : refilled_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_refilled_stock/uncharge_above_batch",
      .summary = "More is uncharged than a stock may hold: it keeps a batch of it.",
      .task_list = {{{"uncharge 3"}, {"uncharge 1"}}},
      .nr_cpus = 1,
  };

  // The second charge leaves a page in the stock.
  refilled_stock_above_batch() : refilled_stock_scenario<S>(2) {
    this->root.try_charge_stock(3);
    this->root.try_charge_stock(1);
  }
  void task(unsigned number) { this->root.uncharge_stock(number == 0 ? 3 : 1); }
  void check() override {
    S::atomics::expect(this->kept(0) == 2, oracle::scenario, "a stock is not full",
                       {{"stock", this->kept(0)}});
  }
};

template <class S>
struct refilled_stock_in_softirq : refilled_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_refilled_stock/uncharge_in_softirq",
      .summary = "A softirq uncharges while the task below uses the stock: past it.",
      .task_list = {{{"uncharge 1; softirq: uncharge 1"}, {"uncharge 1", {.cpu = 1}}}},
  };

  refilled_stock_in_softirq() : refilled_stock_scenario<S>(2) {
    this->root.try_charge_stock(4);
    this->template add_softirq<&refilled_stock_in_softirq::uncharge>(0, *this);
  }
  void uncharge() { this->root.uncharge_stock(1); }
  void task(unsigned) { uncharge(); }
};

template <class S>
struct refilled_stock_migration : refilled_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_refilled_stock/migration",
      .summary = "A task charges on one CPU and may uncharge on another one, which a task is on.",
      .task_list = {{{"charge 1, uncharge 1", {.migrations = 1}}, {"charge 1", {.cpu = 1}}}},
  };

  refilled_stock_migration() : refilled_stock_scenario<S>(2) { this->waive_stock_bound(); }
  void task(unsigned number) {
    this->root.try_charge_stock(1);
    if (number == 0) this->root.uncharge_stock(1);
  }
};

// Known properties ------------------------------------------------------------------------------

template <class S>
struct refilled_stock_no_room : counter_scenario<with_refilled_stock<S>> {
  static constexpr scenario_info info{
      .name = "page_counter_refilled_stock/uncharge_makes_no_room",
      .summary = "A page that a group uncharges should be there for its sibling.",
      .task_list = {{{"uncharge a 1"}, {"charge b 1 once it is", {.cpu = 1}}}},
      .known = known_property{oracle::scenario, "uncharge-makes-no-room"},
  };
  counter_group<with_refilled_stock<S>> root{*this, "root"};
  counter_group<with_refilled_stock<S>> a{*this, "a", &root};
  counter_group<with_refilled_stock<S>> b{*this, "b", &root};

  refilled_stock_no_room() {
    this->peak_in_the_past(a);
    this->peak_in_the_past(b);
    a.alloc_stock(2);
    a.try_charge_stock(2);
    root.set_max(2);
  }
  void task(unsigned number) {
    if (number == 0) {
      a.uncharge_stock(1);
      uncharged_.store(1, order::release);
    } else {
      S::atomics::await([this] { return uncharged_.load(order::acquire) != 0; });
      charged_ = b.try_charge_stock(1);
    }
  }
  void check() override {
    S::atomics::expect(charged_, oracle::scenario, "a charge was refused that fits");
  }

 private:
  typename S::atomics::template atomic<int> uncharged_{0};
  bool charged_ = false;
};

template <class S>
struct refilled_stock_disabled : refilled_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_refilled_stock/uncharge_against_disable",
      .summary = "Pages are uncharged while the stock is disabled and a dead CPU is drained.",
      .task_list = {{{"uncharge 1"}, {"disable", {.cpu = 2}}, {"drain dead cpu 1", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  refilled_stock_disabled() : refilled_stock_scenario<S>(2) {
    this->waive_stock_bound();
    this->root.try_charge_stock(1);
    this->on_cpu(1, [this] { this->root.try_charge_stock(1); });
  }
  void task(unsigned number) {
    switch (number) {
      case 0: this->root.uncharge_stock(1); break;
      case 1: this->root.disable_stock(); break;
      default: this->root.drain(1); break;
    }
  }
};

template <class S>
struct refilled_stock_alloc_fails : refilled_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_refilled_stock/alloc_fails",
      .summary = "The stock may fail to be allocated: then nothing that is uncharged stays.",
      .task_list = {{{"charge 1, uncharge 1"}, {"charge 1", {.cpu = 1}}}},
  };

  refilled_stock_alloc_fails() : refilled_stock_scenario<S>(2) {
    this->root.free_stock();
    this->let_allocations_fail(1);
    this->root.alloc_stock(2);
  }
  void task(unsigned number) {
    if (this->root.try_charge_stock(1) && number == 0) this->root.uncharge_stock(1);
  }
};

template <class S>
struct refilled_stock_in_hardirq : refilled_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_refilled_stock/uncharge_in_hardirq",
      .summary = "A hardirq uncharges while the task below fills the stock.",
      .task_list = {{{"charge 1, uncharge 1; hardirq: uncharge 1"}}},
      .nr_cpus = 1,
  };

  refilled_stock_in_hardirq() : refilled_stock_scenario<S>(2) {
    this->root.try_charge_stock(1);
    this->template add_hardirq<&refilled_stock_in_hardirq::uncharge>(0, *this);
  }
  void uncharge() { this->root.uncharge_stock(1); }
  void task(unsigned) {
    this->root.try_charge_stock(1);
    uncharge();
  }
};

using page_counter_refilled_stock_scenarios =
    scenario_list<refilled_stock_against_drain, refilled_stock_above_batch,
                  refilled_stock_in_softirq, refilled_stock_migration, refilled_stock_no_room,
                  refilled_stock_disabled, refilled_stock_alloc_fails, refilled_stock_in_hardirq>;

}  // namespace stockcheck::checks
