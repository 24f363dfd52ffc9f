// SPDX-License-Identifier: GPL-2.0-only
// Scenarios of every kind of byte stock: CPUs go offline.
#pragma once

#include "checks/object_stock/object_families.hpp"

namespace stockcheck::checks {

template <class Family>
struct object_dead_cpu : object_pair<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "dead_cpu">,
      .summary =
          "A CPU goes offline with bytes and statistics of groups, while another one charges "
          "them.",
      .task_list = {{{"take cpu 1 down"}, {"alloc a 1, free b 2", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  object_dead_cpu() {
    this->on_cpu(1, [this] {
      this->a.alloc_slab(2, 1);
      this->b.alloc_slab(2, 0);
    });
  }
  void task(unsigned number) {
    if (number == 0) return this->take_down(1);
    this->a.alloc_slab(1, 1);
    this->b.free_slab(2, 0);
  }
};

template <class Family>
struct object_empty_dead_cpu : object_single<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "empty_dead_cpu">,
      .summary = "A CPU goes offline that keeps nothing, and comes back.",
      .task_list = {{{"take cpu 1 down, bring it up, drain a"}, {"alloc 1", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  void task(unsigned number) {
    if (number == 1) {
      this->a.alloc(1);
      return;
    }
    this->take_down(1);
    this->online.bring_up(1);
    this->a.drain_all();
  }
};

template <class Family>
struct object_dead_beside_work : object_pair<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "dead_beside_work">,
      .summary = "A CPU goes offline while another one runs its drain work.",
      .task_list = {{{"drain work"}, {"take cpu 1 down", {.cpu = 2}}, {"drain a", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  object_dead_beside_work() {
    this->a.alloc(1);
    this->on_cpu(1, [this] { this->b.alloc_slab(2, 0); });
  }
  void task(unsigned number) {
    if (number == 0) {
      this->work_on(0);
    } else if (number == 1) {
      this->take_down(1);
    } else {
      this->a.drain_all();
      this->drainers_ended();
    }
  }
};

/// Known: as with pages.
template <class Family>
struct object_work_of_dead_cpu : object_single<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "work_of_dead_cpu">,
      .summary = "A CPU goes offline before it runs its drain work, which then drains another one.",
      .task_list = {{{"take cpu 1 down"}, {"drain a", {.cpu = 2}}}},
      .nr_cpus = 3,
      .known = known_property{oracle::progress, "mark-of-dead-cpu"},
  };

  object_work_of_dead_cpu() {
    this->on_cpu(1, [this] { this->a.alloc(1); });
  }
  void task(unsigned number) {
    if (number == 0) {
      this->take_down(1);
    } else {
      this->a.drain_all();
    }
  }
};

}  // namespace stockcheck::checks
