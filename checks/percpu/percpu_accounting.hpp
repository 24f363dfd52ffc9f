// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: percpu memory, charged to groups as a whole and counted for each NUMA node.
#pragma once

#include "checks/percpu/percpu_scenario.hpp"

namespace stockcheck::checks {

/// A group with two areas on two nodes with a CPU each.
template <class S>
struct two_percpu_areas : percpu_scenario<S> {
  percpu_group<S> root{*this, "root"};
  percpu_area<S> first{*this, root, 4};
  percpu_area<S> second{*this, root, 8};

  explicit two_percpu_areas(unsigned nr_nodes = 2, std::initializer_list<unsigned> nodes = {0, 1})
      : percpu_scenario<S>(nr_nodes, nodes) {}
};

template <class S>
struct percpu_alloc_alloc : two_percpu_areas<S> {
  static constexpr scenario_info info{
      .name = "percpu_accounting/alloc_alloc",
      .summary = "Two tasks allocate for one group; one frees again what it got.",
      .task_list = {{{"alloc 4, free"}, {"alloc 8", {.cpu = 1}}}},
  };

  void task(unsigned number) {
    if (number == 0) {
      this->first.alloc();
      this->first.free();
    } else {
      this->second.alloc();
    }
  }
};

template <class S>
struct percpu_alloc_free : two_percpu_areas<S> {
  static constexpr scenario_info info{
      .name = "percpu_accounting/alloc_free",
      .summary = "An area is allocated while another CPU frees one that was allocated here.",
      .task_list = {{{"alloc 8"}, {"free 4", {.cpu = 1}}}},
  };

  percpu_alloc_free() { this->first.alloc(); }
  void task(unsigned number) {
    if (number == 0) {
      this->second.alloc();
    } else {
      this->first.free();
    }
  }
};

template <class S>
struct percpu_rounding : percpu_scenario<S> {
  static constexpr scenario_info info{
      .name = "percpu_accounting/rounding",
      .summary =
          "Shares of three CPUs on two nodes are rounded down: no node gets too much, and "
          "what is freed is what was added.",
      .task_list = {{{"alloc 4, free 20"}, {"alloc 12", {.cpu = 1}}}},
      .nr_cpus = 3,
  };
  percpu_group<S> root{*this, "root"};
  percpu_area<S> small{*this, root, 4};
  percpu_area<S> middle{*this, root, 12};
  percpu_area<S> large{*this, root, 20};

  percpu_rounding() : percpu_scenario<S>(2, {0, 1, 1}) { large.alloc(); }
  void task(unsigned number) {
    if (number == 0) {
      small.alloc();
      large.free();
    } else {
      middle.alloc();
    }
  }
};

template <class S>
struct percpu_node_without_cpus : two_percpu_areas<S> {
  static constexpr scenario_info info{
      .name = "percpu_accounting/node_without_cpus",
      .summary = "A node that has memory alone gets nothing, and the nodes behind it their shares.",
      .task_list = {{{"alloc 8"}, {"free 4", {.cpu = 1}}}},
  };

  percpu_node_without_cpus() : two_percpu_areas<S>(3, {0, 2}) { this->first.alloc(); }
  void task(unsigned number) {
    if (number == 0) {
      this->second.alloc();
    } else {
      this->first.free();
    }
  }
};

template <class S>
struct percpu_siblings : percpu_scenario<S> {
  static constexpr scenario_info info{
      .name = "percpu_accounting/siblings",
      .summary = "Areas of two groups: each has its own, their parent both.",
      .task_list = {{{"alloc left 4"}, {"free right 8", {.cpu = 1}}}},
  };
  percpu_group<S> root{*this, "root"};
  percpu_group<S> left{*this, "left", &root};
  percpu_group<S> right{*this, "right", &root};
  percpu_area<S> of_left{*this, left, 4};
  percpu_area<S> of_right{*this, right, 8};

  percpu_siblings() : percpu_scenario<S>(2, {0, 1}) { of_right.alloc(); }
  void task(unsigned number) {
    if (number == 0) {
      of_left.alloc();
    } else {
      of_right.free();
    }
  }
};

template <class S>
struct percpu_free_free : two_percpu_areas<S> {
  static constexpr scenario_info info{
      .name = "percpu_accounting/free_free",
      .summary = "Two CPUs free areas of one group.",
      .task_list = {{{"free 4"}, {"free 8", {.cpu = 1}}}},
  };

  percpu_free_free() {
    this->first.alloc();
    this->second.alloc();
  }
  void task(unsigned number) { (number == 0 ? this->first : this->second).free(); }
};

template <class S>
struct percpu_free_in_softirq : two_percpu_areas<S> {
  static constexpr scenario_info info{
      .name = "percpu_accounting/free_in_softirq",
      .summary = "A softirq frees an area while another one is allocated and freed.",
      .task_list = {{{"alloc 4, free 4; softirq: free 8"}}},
  };

  percpu_free_in_softirq() {
    this->second.alloc();
    this->template add_softirq<&percpu_free_in_softirq::receive>(0, *this);
  }
  void receive() { this->second.free(); }
  void task(unsigned) {
    this->first.alloc();
    this->first.free();
  }
};

template <class S>
struct percpu_no_area_found : two_percpu_areas<S> {
  static constexpr scenario_info info{
      .name = "percpu_accounting/no_area_found",
      .summary = "An area is charged before it is looked for: if there is none, nothing is left.",
      .task_list = {{{"alloc 8, perhaps in vain"}, {"free 4", {.cpu = 1}}}},
  };

  percpu_no_area_found() {
    this->first.alloc();
    this->let_allocations_fail(1);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->second.alloc();
    } else {
      this->first.free();
    }
  }
};

template <class S>
struct percpu_below_the_charge : percpu_scenario<S> {
  static constexpr scenario_info info{
      .name = "percpu_accounting/below_the_charge",
      .summary = "The nodes of an area have less in sum than it is charged with.",
      .task_list = {{{"alloc 4"}}},
      .nr_cpus = 3,
      .known = known_property{oracle::scenario, "percpu-shares-rounded"},
  };

  percpu_group<S> root{*this, "root"};
  percpu_area<S> area{*this, root, 4};

  percpu_below_the_charge() : percpu_scenario<S>(2, {0, 1, 1}) {}
  void task(unsigned) { area.alloc(); }
  void check() override {
    const long on_nodes = this->bytes(root);
    const long charged = this->full_size(root);
    S::atomics::expect(on_nodes == charged, oracle::scenario,
                       "the nodes do not have what the area is charged with",
                       {{"on nodes", on_nodes}, {"charged", charged}});
  }
};

using percpu_accounting_scenarios =
    scenario_list<percpu_alloc_alloc, percpu_alloc_free, percpu_rounding, percpu_node_without_cpus,
                  percpu_siblings, percpu_no_area_found, percpu_below_the_charge, percpu_free_free,
                  percpu_free_in_softirq>;

}  // namespace stockcheck::checks
