// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: charging and uncharging a hierarchy of page_counters, and running into limits.
#pragma once

#include "checks/base/counter_scenario.hpp"

#include <array>

namespace stockcheck::checks {

template <class S>
struct charge_charge : counter_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter/charge_charge",
      .summary = "Two tasks charge the same group; its parent must count both.",
      .task_list = {{{"charge 1"}, {"charge 2", {.cpu = 1}}}},
  };
  counter_group<S> root{*this, "root"};
  counter_group<S> child{*this, "child", &root};

  charge_charge() { this->peak_in_the_past(child); }
  void task(unsigned number) { child.charge(number + 1); }
};

template <class S>
struct charge_uncharge : counter_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter/charge_uncharge",
      .summary = "One task charges a group while another uncharges a page of it.",
      .task_list = {{{"try_charge 1"}, {"uncharge 1", {.cpu = 1}}}},
  };
  counter_group<S> root{*this, "root"};
  counter_group<S> child{*this, "child", &root};

  charge_uncharge() {
    this->peak_in_the_past(child);
    child.try_charge(1);
  }
  void task(unsigned number) {
    if (number == 0) {
      child.try_charge(1);
    } else {
      child.uncharge(1);
    }
  }
};

template <class S>
struct siblings : counter_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter/siblings",
      .summary = "Two children of one parent are charged; the parent must count both.",
      .task_list = {{{"try_charge left 1, uncharge 1"}, {"try_charge right 1", {.cpu = 1}}}},
  };
  counter_group<S> root{*this, "root"};
  counter_group<S> left{*this, "left", &root};
  counter_group<S> right{*this, "right", &root};

  siblings() {
    this->peak_in_the_past(left);
    this->peak_in_the_past(right);
  }
  void task(unsigned number) {
    if (number == 0) {
      if (left.try_charge(1)) left.uncharge(1);
    } else {
      right.try_charge(1);
    }
  }
};

template <class S>
struct last_page : counter_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter/last_page",
      .summary = "Two tasks want the last page below the limit; exactly one gets it.",
      .task_list = {{{"try_charge 1"}, {"try_charge 1", {.cpu = 1}}}},
  };
  counter_group<S> root{*this, "root"};

  last_page() { root.set_max(1); }
  void task(unsigned) { root.try_charge(1); }
  void check() override {
    S::atomics::expect(root.held() == 1, oracle::scenario, "not exactly one charge succeeded",
                       {{"pages held", root.held()}});
  }
};

template <class S>
struct three_chargers : counter_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter/three_chargers",
      .summary = "Three tasks charge a page each below a limit of two.",
      .task_list = {{{"try_charge 1"}, {"try_charge 1", {.cpu = 1}}, {"try_charge 1", {.cpu = 2}}}},
      .nr_cpus = 3,
  };
  counter_group<S> root{*this, "root"};

  three_chargers() {
    this->peak_in_the_past(root);
    root.set_max(2);
  }
  void task(unsigned) { root.try_charge(1); }
};

/// A three-level hierarchy of which one level has a limit that one of two charges hits. A refused
/// charge must name that level.
template <class S>
struct limit_hit : counter_scenario<S> {
  static constexpr std::array<task_info, max_tasks> two_chargers{
      {{"try_charge leaf 2"}, {"try_charge middle 1", {.cpu = 1}}}};

  counter_group<S> root{*this, "root"};
  counter_group<S> middle{*this, "middle", &root};
  counter_group<S> leaf{*this, "leaf", &middle};

  limit_hit(counter_group<S> limit_hit::* level, unsigned long max) : limited(this->*level) {
    this->peak_in_the_past(leaf);
    limited.set_max(max);
  }
  void task(unsigned number) {
    counter_group<S>& charged = number == 0 ? leaf : middle;
    if (charged.try_charge(number == 0 ? 2 : 1)) return;
    S::atomics::expect(charged.refused_by() == &limited.counter(), oracle::scenario,
                       "a charge was refused by a group that has room");
  }

 private:
  counter_group<S>& limited;
};

template <class S>
struct limit_hit_at_leaf : limit_hit<S> {
  static constexpr scenario_info info{
      .name = "page_counter/limit_hit_at_leaf",
      .summary = "The leaf's limit refuses a charge; nothing reaches its ancestors.",
      .task_list = limit_hit<S>::two_chargers,
  };
  limit_hit_at_leaf() : limit_hit<S>(&limit_hit<S>::leaf, 1) {}
};

template <class S>
struct limit_hit_at_middle : limit_hit<S> {
  static constexpr scenario_info info{
      .name = "page_counter/limit_hit_at_middle",
      .summary = "The middle group's limit refuses one of two charges; the leaf is rolled back.",
      .task_list = limit_hit<S>::two_chargers,
  };
  limit_hit_at_middle() : limit_hit<S>(&limit_hit<S>::middle, 2) {}
};

template <class S>
struct limit_hit_at_root : limit_hit<S> {
  static constexpr scenario_info info{
      .name = "page_counter/limit_hit_at_root",
      .summary = "The root's limit refuses one of two charges; leaf and middle are rolled back.",
      .task_list = limit_hit<S>::two_chargers,
  };
  limit_hit_at_root() : limit_hit<S>(&limit_hit<S>::root, 2) {}
};

template <class S>
struct forced_charge : counter_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter/forced_charge",
      .summary = "A charge that ignores the limit races one that obeys it.",
      .task_list = {{{"charge 2"}, {"try_charge 1", {.cpu = 1}}}},
  };
  counter_group<S> root{*this, "root"};
  counter_group<S> child{*this, "child", &root};

  forced_charge() {
    this->peak_in_the_past(child);
    child.set_max(1);
  }
  void task(unsigned number) {
    if (number == 0) {
      child.charge(2);
    } else {
      child.try_charge(1);
    }
  }
};

template <class S>
struct false_refusal : counter_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter/false_refusal",
      .summary = "A charge too big for the limit makes a small one fail that would fit.",
      .task_list = {{{"try_charge 4"}, {"try_charge 1", {.cpu = 1}}}},
      .known = known_property{oracle::scenario, "false-refusal"},
  };
  counter_group<S> root{*this, "root"};

  false_refusal() { root.set_max(3); }
  void task(unsigned number) { root.try_charge(number == 0 ? 4 : 1); }
  void check() override {
    S::atomics::expect(root.held() == 1, oracle::scenario, "a charge that fits was refused",
                       {{"pages held", root.held()}});
  }
};

template <class S>
struct lost_failcnt : counter_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter/lost_failcnt",
      .summary = "Two refused charges are counted as one.",
      .task_list = {{{"try_charge 1"}, {"try_charge 1", {.cpu = 1}}}},
      .known = known_property{oracle::scenario, "failcnt-races"},
  };
  counter_group<S> root{*this, "root"};

  lost_failcnt() { root.set_max(0); }
  void task(unsigned) { root.try_charge(1); }
  void check() override {
    const auto counted = static_cast<long>(root.counter().failcnt());
    S::atomics::expect(counted == 2, oracle::scenario, "failcnt missed a refused charge",
                       {{"failcnt", counted}});
  }
};

template <class S>
struct uncharged_twice : counter_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter/uncharged_twice",
      .summary = "Two tasks uncharge the same page: the counter must notice.",
      .task_list = {{{"uncharge 1"}, {"uncharge 1", {.cpu = 1}}}},
      .known = known_property{oracle::underflow, "uncharged-twice"},
  };
  counter_group<S> root{*this, "root"};

  uncharged_twice() { root.try_charge(1); }
  void task(unsigned) { root.uncharge(1); }
};

using page_counter_charge_scenarios =
    scenario_list<charge_charge, charge_uncharge, siblings, last_page, three_chargers,
                  limit_hit_at_leaf, limit_hit_at_middle, limit_hit_at_root, forced_charge,
                  false_refusal, lost_failcnt, uncharged_twice>;

}  // namespace stockcheck::checks
