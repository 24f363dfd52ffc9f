// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: memory.min and memory.low, and the sums a parent keeps of its children's protection.
#pragma once

#include "checks/base/counter_scenario.hpp"

namespace stockcheck::checks {

/// A protected child with five pages.
template <class S>
struct protection_scenario : counter_scenario<S> {
  static constexpr bool protection = true;
  counter_group<S> root{*this, "root", nullptr, protection};
  counter_group<S> child{*this, "child", &root, protection};

  protection_scenario() {
    this->peak_in_the_past(child);
    child.try_charge(5);
  }
};

template <class S>
struct protection_sum : protection_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter/protection_sum",
      .summary = "A protected child is charged and uncharged; the parent's sum stays exact.",
      .task_list = {{{"try_charge 2"}, {"uncharge 1", {.cpu = 1}}}},
  };

  protection_sum() { this->child.counter().set_min(100); }
  void task(unsigned number) {
    if (number == 0) {
      this->child.try_charge(2);
    } else {
      this->child.uncharge(1);
    }
  }
};

template <class S>
struct protection_set_against_charge : protection_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter/protection_set_against_charge",
      .summary = "memory.min is written while the child is charged; the parent's sum stays exact.",
      .task_list = {{{"try_charge 1"}, {"set_min 3", {.cpu = 1}}}},
  };

  void task(unsigned number) {
    if (number == 0) {
      this->child.try_charge(1);
    } else {
      this->child.counter().set_min(3);
    }
  }
};

template <class S>
struct protection_low_of_siblings : counter_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter/protection_low_of_siblings",
      .summary = "Two protected siblings change; the parent sums both.",
      .task_list = {{{"try_charge left 1"}, {"uncharge right 1", {.cpu = 1}}}},
  };
  static constexpr bool protection = true;
  counter_group<S> root{*this, "root", nullptr, protection};
  counter_group<S> left{*this, "left", &root, protection};
  counter_group<S> right{*this, "right", &root, protection};

  protection_low_of_siblings() {
    this->peak_in_the_past(left);
    this->peak_in_the_past(right);
    left.counter().set_low(10);
    right.counter().set_low(10);
    right.try_charge(2);
  }
  void task(unsigned number) {
    if (number == 0) {
      left.try_charge(1);
    } else {
      right.uncharge(1);
    }
  }
};

template <class S>
struct protection_below_root : counter_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter/protection_below_root",
      .summary = "Protection propagates at every level of the hierarchy, not at the leaf alone.",
      .task_list = {{{"try_charge leaf 2"}}},
  };
  static constexpr bool protection = true;
  counter_group<S> root{*this, "root", nullptr, protection};
  counter_group<S> middle{*this, "middle", &root, protection};
  counter_group<S> leaf{*this, "leaf", &middle, protection};

  protection_below_root() { middle.counter().set_min(10); }
  void task(unsigned) { leaf.try_charge(2); }
  void check() override {
    const long protected_below = root.counter().children_min_usage();
    S::atomics::expect(protected_below == 2, oracle::statistics,
                       "the root does not know what its child protects",
                       {{"children_min_usage", protected_below}});
  }
};

template <class S>
struct protection_drift : protection_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter/protection_drift",
      .summary = "min_usage ends above the usage, until the next charge of the group.",
      .task_list = {{{"try_charge 1"}, {"uncharge 1", {.cpu = 1}}}},
      .known = known_property{oracle::scenario, "protection-drift"},
  };

  protection_drift() { this->child.counter().set_min(100); }
  void task(unsigned number) {
    if (number == 0) {
      this->child.try_charge(1);
    } else {
      this->child.uncharge(1);
    }
  }
  void check() override {
    const long protected_usage = this->child.counter().min_usage();
    S::atomics::expect(protected_usage == this->child.held(), oracle::scenario,
                       "min_usage is not min(usage, min)",
                       {{"min_usage", protected_usage}, {"usage", this->child.held()}});
  }
};

using page_counter_protection_scenarios =
    scenario_list<protection_sum, protection_set_against_charge, protection_low_of_siblings,
                  protection_below_root, protection_drift>;

}  // namespace stockcheck::checks
