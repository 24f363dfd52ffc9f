// SPDX-License-Identifier: GPL-2.0-only
// Scenarios of every kind of byte stock: CPUs are drained.
#pragma once

#include "checks/object_stock/object_families.hpp"

namespace stockcheck::checks {

template <class Family>
struct object_alloc_against_drain : object_single<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "alloc_against_drain">,
      .summary =
          "A CPU takes bytes of its stock for one object and a page for the next one, while "
          "another "
          "CPU asks it for a drain.",
      .task_list = {{{"alloc 1, alloc 2"}, {"drain a", {.cpu = 1}}, {"drain work"}}},
  };

  object_alloc_against_drain() { this->a.alloc(2); }
  void task(unsigned number) {
    if (number == 0) {
      this->a.alloc(1);
      this->a.alloc(2);
    } else if (number == 1) {
      this->a.drain_all();
      this->drainers_ended();
    } else {
      this->work_on(0);
    }
  }
};

template <class Family>
struct object_free_against_drain : object_single<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "free_against_drain">,
      .summary =
          "Objects of several pages are freed on a CPU that is being drained, and on another "
          "one.",
      .task_list = {{{"free 7"}, {"drain a, free 3", {.cpu = 1}}, {"drain work"}}},
  };

  object_free_against_drain() {
    this->a.alloc_slab(7, 0);
    this->a.alloc_slab(3, 1);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->a.free_slab(7, 0);
    } else if (number == 1) {
      this->a.drain_all();
      this->drainers_ended();
      this->a.free_slab(3, 1);
    } else {
      this->work_on(0);
    }
  }
};

/// CPUs 0 and 1 keep bytes, CPU 2 has none.
template <class Family>
struct objects_left_over_twice : object_single<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "left_over_twice">,
      .summary =
          "Two CPUs are drained and leave parts of pages with the objcg, from which a third one "
          "takes them.",
      .task_list = {{{"drain a"}, {"drain work", {.cpu = 1}}, {"free 2", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  objects_left_over_twice() {
    this->a.alloc(2);
    this->on_cpu(1, [this] { this->a.alloc(3); });
  }
  void task(unsigned number) {
    if (number == 0) {
      this->a.drain_all();
      this->drainers_ended();
    } else if (number == 1) {
      this->work_on(1);
    } else {
      this->a.free(2);
    }
  }
};

template <class Family>
struct object_statistics_drained : object_single<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "statistics_drained">,
      .summary =
          "A CPU that keeps statistics of a node is drained while it counts objects of another "
          "one.",
      .task_list = {{{"alloc 2 on node 1, free 1 on node 0"},
                     {"drain a", {.cpu = 1}},
                     {"drain work"}}},
  };

  object_statistics_drained() {
    this->a.alloc_slab(1, 0);
    this->a.alloc_slab(1, 0, memcg::slab_stat::reclaimable);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->a.alloc_slab(2, 1);
      this->a.free_slab(1, 0);
    } else if (number == 1) {
      this->a.drain_all();
      this->drainers_ended();
    } else {
      this->work_on(0);
    }
  }
};

template <class Family>
struct object_drains_on_two_cpus : object_single<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "two_drains">,
      .summary = "Two CPUs drain each other and themselves: one of them may give up at once.",
      .task_list = {{{"drain root, alloc 1"}, {"drain root", {.cpu = 1}}}},
  };

  object_drains_on_two_cpus() {
    this->a.alloc_slab(3, 0);
    this->on_cpu(1, [this] { this->a.alloc_slab(2, 0); });
  }
  void task(unsigned number) {
    this->root.drain_all();
    if (number == 0) this->a.alloc_slab(1, 0);
  }
};

template <class Family>
struct object_isolation : object_single<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "isolation">,
      .summary =
          "A CPU is isolated for a moment while it charges and others ask it to drain itself.",
      .task_list = {{{"isolate cpu 1, end isolation", {.cpu = 2}},
                     {"drain a"},
                     {"alloc, free, drain work", {.cpu = 1}}}},
      .nr_cpus = 3,
  };

  object_isolation() {
    this->on_cpu(1, [this] { this->a.alloc(1); });
  }
  void task(unsigned number) {
    if (number == 0) {
      this->stock.isolate(1);
      this->stock.end_isolation(1);
    } else if (number == 1) {
      this->a.drain_all();
      this->drainers_ended();
    } else {
      this->a.alloc(1);
      this->a.free(1);
      this->a.alloc_slab(1, 0);
      this->a.free_slab(1, 0);
      this->work_on(1);
    }
  }
};

/// The rests of two pages are more than one.
template <class Family>
struct object_pages_drained : object_single<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "pages_drained">,
      .summary =
          "A stock that keeps more than a page is drained, while another CPU frees and "
          "allocates.",
      .task_list = {{{"alloc 1, drain a"}, {"free 5, alloc 5", {.cpu = 1}}}},
  };

  object_pages_drained() {
    this->a.alloc(5);
    this->a.alloc(5);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->a.alloc(1);
      this->a.drain_all();
    } else {
      this->a.free(5);
      this->a.alloc(5);
    }
  }
};

}  // namespace stockcheck::checks
