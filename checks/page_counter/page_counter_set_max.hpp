// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: changing the limit of a page_counter that is being charged.
#pragma once

#include "checks/base/counter_scenario.hpp"

namespace stockcheck::checks {

template <class S>
struct set_max_against_try_charge : counter_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter/set_max_against_try_charge",
      .summary =
          "A limit is lowered to the usage while a page is charged: the store-buffering "
          "pair, one of the two must fail.",
      .task_list = {{{"try_charge 1"}, {"set_max 2", {.cpu = 1}}}},
  };
  counter_group<S> root{*this, "root"};

  set_max_against_try_charge() {
    this->peak_in_the_past(root);
    root.set_max(10);
    root.try_charge(2);
  }
  void task(unsigned number) {
    if (number == 0) {
      root.try_charge(1);
    } else {
      root.set_max(2);
    }
  }
};

template <class S>
struct set_max_of_parent : counter_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter/set_max_of_parent",
      .summary = "The parent's limit is lowered while its child is charged.",
      .task_list = {{{"try_charge child 2"}, {"set_max root 1", {.cpu = 1}}}},
  };
  counter_group<S> root{*this, "root"};
  counter_group<S> child{*this, "child", &root};

  set_max_of_parent() { this->peak_in_the_past(child); }
  void task(unsigned number) {
    if (number == 0) {
      child.try_charge(2);
    } else {
      root.set_max(1);
    }
  }
};

template <class S>
struct set_max_charge_uncharge : counter_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter/set_max_charge_uncharge",
      .summary = "A limit is lowered while one task charges and another uncharges.",
      .task_list = {{{"try_charge 2"}, {"set_max 3", {.cpu = 1}}, {"uncharge 1", {.cpu = 2}}}},
      .nr_cpus = 3,
  };
  counter_group<S> root{*this, "root"};

  set_max_charge_uncharge() {
    this->peak_in_the_past(root);
    root.try_charge(2);
  }
  void task(unsigned number) {
    switch (number) {
      case 0: root.try_charge(2); break;
      case 1: root.set_max(3); break;
      default: root.uncharge(1); break;
    }
  }
};

template <class S>
struct set_max_raised : counter_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter/set_max_raised",
      .summary = "A limit is raised while it refuses charges; raising always succeeds.",
      .task_list = {{{"try_charge 2"}, {"set_max 4", {.cpu = 1}}}},
  };
  counter_group<S> root{*this, "root"};
  int raised = 0;

  set_max_raised() {
    this->peak_in_the_past(root);
    root.set_max(2);
    root.try_charge(1);
  }
  void task(unsigned number) {
    if (number == 0) {
      root.try_charge(2);
    } else {
      raised = root.set_max(4);
    }
  }
  void check() override {
    S::atomics::expect(raised == 0, oracle::scenario, "raising a limit failed",
                       {{"set_max", raised}});
  }
};

template <class S>
struct set_max_refused : counter_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter/set_max_refused",
      .summary = "A charge that fails makes a lowering of the limit fail that would fit.",
      .task_list = {{{"try_charge 9"}, {"set_max 5", {.cpu = 1}}}},
      .known = known_property{oracle::scenario, "set-max-refused"},
  };
  counter_group<S> root{*this, "root"};
  int lowered = 0;

  set_max_refused() {
    root.set_max(8);
    root.try_charge(2);
  }
  void task(unsigned number) {
    if (number == 0) {
      root.try_charge(9);
    } else {
      lowered = root.set_max(5);
    }
  }
  void check() override {
    S::atomics::expect(lowered == 0, oracle::scenario, "set_max failed although the usage fits",
                       {{"set_max", lowered}, {"held", root.held()}});
  }
};

using page_counter_set_max_scenarios =
    scenario_list<set_max_against_try_charge, set_max_of_parent, set_max_charge_uncharge,
                  set_max_raised, set_max_refused>;

}  // namespace stockcheck::checks
