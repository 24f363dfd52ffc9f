// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: the stock of a page_counter under a local_trylock_t is disabled, or is not there.
#pragma once

#include "checks/counter_stock/earlier_stock_scenario.hpp"

namespace stockcheck::checks {

/// A stock is disabled and drained while its CPU may be using it.
template <class S>
struct trylock_stock_against_disable : trylock_stock_scenario<S> {
  trylock_stock_against_disable() : trylock_stock_scenario<S>(2) { this->waive_stock_bound(); }
  void task(unsigned number) {
    if (number == 2) return this->work_on_cpu0();
    if (number == 0) {
      this->root.try_charge_stock(1);
    } else {
      this->root.disable_stock();
      this->drain_from_cpu1();
    }
  }
};

template <class S>
struct trylock_stock_disable : trylock_stock_against_disable<S> {
  static constexpr scenario_info info{
      .name = "page_counter_trylock_stock/disable_against_charge",
      .summary = "A stock is disabled and drained while its CPU takes from it and adds to it.",
      .task_list = {{{"charge 1"}, {"disable, drain all", {.cpu = 1}}, {"drain work"}}},
  };

  trylock_stock_disable() { this->root.try_charge_stock(1); }
};

template <class S>
struct trylock_stock_disabled : trylock_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_trylock_stock/charge_once_disabled",
      .summary = "Charges that begin after the stock is disabled are exact.",
      .task_list = {{{"disable, charge 1"}, {"charge 1", {.cpu = 1}}}},
  };

  trylock_stock_disabled() : trylock_stock_scenario<S>(2) { this->waive_stock_bound(); }
  void task(unsigned number) {
    if (number == 0) this->root.disable_stock();
    this->root.try_charge_stock(1);
  }
  void check() override {
    S::atomics::expect(this->kept(0) == 0, oracle::scenario, "a disabled stock was filled",
                       {{"stock", this->kept(0)}});
  }
};

template <class S>
struct trylock_stock_disabled_in_drain : trylock_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_trylock_stock/disable_against_drain",
      .summary = "A stock is disabled while its CPUs are drained.",
      .task_list = {{{"drain work"}, {"drain all", {.cpu = 1}}, {"disable, charge 1"}}},
  };

  trylock_stock_disabled_in_drain() : trylock_stock_scenario<S>(2) {
    this->waive_stock_bound();
    this->root.try_charge_stock(1);
  }
  void task(unsigned number) {
    if (number == 0) return this->work_on_cpu0();
    if (number == 1) return this->drain_from_cpu1();
    this->root.disable_stock();
    this->root.try_charge_stock(1);
  }
};

/// CPU 1 is dead, and keeps a page.
template <class S>
struct trylock_stock_disabled_at_death : trylock_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_trylock_stock/disable_against_dead_cpu",
      .summary = "A stock is disabled while a dead CPU is drained.",
      .task_list = {{{"drain dead cpu 1"}, {"disable, charge 1", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  trylock_stock_disabled_at_death() : trylock_stock_scenario<S>(2) {
    this->waive_stock_bound();
    this->on_cpu(1, [this] { this->root.try_charge_stock(1); });
  }
  void task(unsigned number) {
    if (number == 0) return this->root.drain(1);
    this->root.disable_stock();
    this->root.try_charge_stock(1);
  }
};

template <class S>
struct trylock_stock_alloc_fails : trylock_stock_against_disable<S> {
  static constexpr scenario_info info{
      .name = "page_counter_trylock_stock/alloc_fails",
      .summary = "The stock may fail to be allocated: then every charge is exact.",
      .task_list = {{{"charge 1"}, {"disable, drain all", {.cpu = 1}}, {"drain work"}}},
  };

  trylock_stock_alloc_fails() {
    this->root.free_stock();
    this->let_allocations_fail(1);
    this->root.alloc_stock(2);
  }
  void check() override {
    this->root.drain(0);
    S::atomics::expect(this->kept(0) == 0, oracle::scenario, "a drained stock has pages",
                       {{"stock", this->kept(0)}});
  }
};

// Known properties ------------------------------------------------------------------------------

template <class S>
struct trylock_stock_late_deposit : trylock_stock_against_disable<S> {
  static constexpr scenario_info info{
      .name = "page_counter_trylock_stock/deposit_once_disabled",
      .summary = "A stock that was disabled and drained should stay empty.",
      .task_list = {{{"charge 1"}, {"disable, drain all", {.cpu = 1}}, {"drain work"}}},
      .known = known_property{oracle::scenario, "deposit-once-disabled"},
  };

  void check() override {
    S::atomics::expect(this->kept(0) == 0, oracle::scenario, "a disabled stock was filled",
                       {{"stock", this->kept(0)}});
  }
};

using page_counter_trylock_stock_lifetime_scenarios =
    scenario_list<trylock_stock_disable, trylock_stock_disabled, trylock_stock_disabled_in_drain,
                  trylock_stock_disabled_at_death, trylock_stock_alloc_fails,
                  trylock_stock_late_deposit>;

}  // namespace stockcheck::checks
