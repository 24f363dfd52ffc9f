// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: groups with percpu memory go offline; their areas become those of the parent.
#pragma once

#include "checks/percpu/percpu_scenario.hpp"

namespace stockcheck::checks {

/// A child goes offline: its areas become those of its parent.
template <class S>
struct percpu_reparenting : percpu_scenario<S> {
  percpu_group<S> root{*this, "root"};
  percpu_group<S> child{*this, "child", &root};
  percpu_area<S> early{*this, child, 4};
  percpu_area<S> late{*this, child, 8};

  percpu_reparenting() : percpu_scenario<S>(2, {0, 1}) {}
};

template <class S>
struct percpu_reparent_and_free : percpu_reparenting<S> {
  static constexpr scenario_info info{
      .name = "percpu_accounting/reparent_and_free",
      .summary =
          "A group goes offline while its areas are allocated and freed: the parent's sums "
          "stay exact.",
      .task_list = {{{"alloc 8, free 8"}, {"child goes offline", {.cpu = 1}}}},
  };

  void task(unsigned number) {
    if (number == 0) {
      this->late.alloc();
      this->late.free();
    } else {
      this->child.go_offline();
    }
  }
};

template <class S>
struct percpu_reparent_three_tasks : percpu_reparenting<S> {
  static constexpr scenario_info info{
      .name = "percpu_accounting/reparent_three_tasks",
      .summary = "A group goes offline while one task allocates and another frees.",
      .task_list = {{{"alloc 8"}, {"free 4", {.cpu = 1}}, {"child goes offline"}}},
  };

  percpu_reparent_three_tasks() { this->early.alloc(); }
  void task(unsigned number) {
    switch (number) {
      case 0: this->late.alloc(); break;
      case 1: this->early.free(); break;
      default: this->child.go_offline(); break;
    }
  }
};

template <class S>
struct percpu_reparent_and_pages : percpu_reparenting<S> {
  static constexpr scenario_info info{
      .name = "percpu_accounting/reparent_and_pages",
      .summary = "Chunks get and lose pages while areas and their group come and go.",
      .task_list = {{{"alloc 1 page, free 1 page"},
                     {"alloc 8, free 4", {.cpu = 1}},
                     {"child goes offline"}}},
  };

  percpu_reparent_and_pages() { this->early.alloc(); }
  void task(unsigned number) {
    if (number == 0) {
      this->alloc_pages(1);
      this->free_pages(1);
    } else if (number == 1) {
      this->late.alloc();
      this->early.free();
    } else {
      this->child.go_offline();
    }
  }
};

template <class S>
struct percpu_offline_group_keeps_bytes : percpu_reparenting<S> {
  static constexpr scenario_info info{
      .name = "percpu_accounting/offline_group_keeps_bytes",
      .summary = "An area is freed while its group goes offline, which may show it for ever.",
      .task_list = {{{"free 4"}, {"child goes offline", {.cpu = 1}}}},
      .known = known_property{oracle::statistics, "percpu-bytes-of-offline-group"},
  };

  percpu_offline_group_keeps_bytes() { this->early.alloc(); }
  void task(unsigned number) {
    if (number == 0) {
      this->early.free();
    } else {
      this->child.go_offline();
    }
  }
  void check() override {
    const long left = this->bytes(this->child);
    S::atomics::expect(left == 0, oracle::statistics,
                       "an offline group has bytes of areas that are free", {{"child", left}});
  }
};

using percpu_offline_scenarios =
    scenario_list<percpu_reparent_and_free, percpu_reparent_three_tasks, percpu_reparent_and_pages,
                  percpu_offline_group_keeps_bytes>;

}  // namespace stockcheck::checks
