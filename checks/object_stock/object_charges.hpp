// SPDX-License-Identifier: GPL-2.0-only
// Scenarios of every kind of byte stock: objects are charged and uncharged.
#pragma once

#include "checks/object_stock/object_families.hpp"

namespace stockcheck::checks {

template <class Family>
struct objects_on_two_cpus : object_single<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "two_cpus">,
      .summary = "Two CPUs charge objects of one group, each from a page of its own.",
      .task_list = {{{"alloc 1, free 1"}, {"alloc 3", {.cpu = 1}}}},
  };

  void task(unsigned number) {
    if (number == 1) {
      this->a.alloc(3);
    } else if (this->a.alloc(1)) {
      this->a.free(1);
    }
  }
};

template <class Family>
struct object_freed_elsewhere : object_single<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "freed_elsewhere">,
      .summary = "An object is freed on another CPU than the one that has the rest of its page.",
      .task_list = {{{"alloc 1"}, {"free 3", {.cpu = 1}}}},
  };

  object_freed_elsewhere() { this->a.alloc(3); }
  void task(unsigned number) {
    if (number == 0) {
      this->a.alloc(1);
    } else {
      this->a.free(3);
    }
  }
};

/// What is left over from a page is not forgotten.
template <class Family>
struct object_left_over : object_pair<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "left_over">,
      .summary =
          "A CPU that has no slot for an objcg takes what others left over, before it is charged "
          "for more.",
      .task_list = {{{"alloc b 1"}, {"free a 3", {.cpu = 1}}}},
  };

  object_left_over() {
    this->a.alloc(3);
    this->a.drain_all();
  }
  void task(unsigned number) {
    if (number == 0) {
      this->b.alloc(1);
    } else {
      this->a.free(3);
    }
  }
  void check() override {
    Family::atomics::expect(this->a.objcg().charged_bytes() == 0, oracle::scenario,
                            "bytes are left over though a CPU needed some",
                            {{"bytes", this->a.objcg().charged_bytes()}});
  }
};

template <class Family>
struct object_pages_freed : object_single<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "pages_freed">,
      .summary = "A CPU frees objects of several pages, and keeps no more than a page of them.",
      .task_list = {{{"free 7, free 7"}, {"alloc 3", {.cpu = 1}}}},
  };

  object_pages_freed() {
    this->a.alloc(7);
    this->a.alloc(7);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->a.free(7);
      this->a.free(7);
    } else {
      this->a.alloc(3);
    }
  }
};

template <class Family>
struct object_charge_refused : object_single<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "refused">,
      .summary = "Two CPUs charge objects where the limit has room for one of them.",
      .task_list = {{{"alloc 3"}, {"alloc 2", {.cpu = 1}}}},
  };

  object_charge_refused() { this->a.memcg().memory.set_max(1); }
  void task(unsigned number) { this->a.alloc(number == 0 ? 3 : 2); }
};

template <class Family>
struct object_charge_moved : object_single<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "moved">,
      .summary =
          "A task that charges an object is moved to another CPU, on which the rest of the page "
          "stays.",
      .task_list = {{{"alloc 3", {.migrations = 1}}, {"alloc 1", {.cpu = 1}}}},
  };

  object_charge_moved() {
    this->on_cpu(1, [this] { this->a.alloc(2); });
  }
  void task(unsigned number) { this->a.alloc(number == 0 ? 3 : 1); }
};

template <class Family>
struct objects_on_two_nodes : object_single<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "two_nodes">,
      .summary = "A CPU allocates objects on two nodes while another one frees objects of both.",
      .task_list = {{{"alloc 1 on node 0, 1 on node 1"},
                     {"free 2 on node 1, 1 on node 0", {.cpu = 1}}}},
  };

  objects_on_two_nodes() {
    this->a.alloc_slab(2, 1);
    this->a.alloc_slab(1, 0);
    this->a.alloc(3);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->a.alloc_slab(1, 0);
      this->a.alloc_slab(1, 1);
    } else {
      this->a.free_slab(2, 1);
      this->a.free_slab(1, 0);
    }
  }
};

template <class Family>
struct objects_of_two_kinds : object_single<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "two_kinds">,
      .summary = "Reclaimable and other objects of one node, more than a page of them.",
      .task_list = {{{"alloc 3 reclaimable, 3 others, free 1 reclaimable"},
                     {"free 5 reclaimable", {.cpu = 1}}}},
  };

  objects_of_two_kinds() { this->a.alloc_slab(5, 0, memcg::slab_stat::reclaimable); }
  void task(unsigned number) {
    if (number == 0) {
      this->a.alloc_slab(3, 0, memcg::slab_stat::reclaimable);
      this->a.alloc_slab(3, 0);
    } else {
      this->a.free_slab(5, 0, memcg::slab_stat::reclaimable);
    }
  }
};

template <class Family>
struct object_bytes_and_slabs : object_single<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "bytes_and_slabs">,
      .summary = "Objects that are in no statistic and objects of slabs are charged at once.",
      .task_list = {{{"alloc 3, free 3"}, {"alloc 2 of a slab, free 2", {.cpu = 1}}}},
  };

  void task(unsigned number) {
    if (number == 0) {
      this->a.alloc(3);
      this->a.free(3);
    } else {
      this->a.alloc_slab(2, 0);
      this->a.free_slab(2, 0);
    }
  }
};

template <class Family>
struct objects_over_pages : object_single<typename Family::over_pages> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "over_pages">,
      .summary =
          "Pages of objects come from the pages that a CPU keeps, and go back there, while these "
          "are "
          "drained.",
      .task_list = {{{"alloc 2, free 3"}, {"alloc 3, drain pages of a", {.cpu = 1}}}},
  };

  objects_over_pages() : object_single<typename Family::over_pages>(objects_over_pages::page, 2U) {
    this->a.alloc(3);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->a.alloc(2);
      this->a.free(3);
    } else {
      this->a.alloc(3);
      this->pages.drain_all(this->a.memcg());
    }
  }
};

template <class Family>
struct object_pages_of_dead_cpu : object_single<typename Family::over_pages> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "pages_of_dead_cpu">,
      .summary = "A CPU goes offline with bytes of several pages, and pages, of a group.",
      .task_list = {{{"take cpu 1 down, alloc 2"}, {"free 5", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  object_pages_of_dead_cpu()
      : object_single<typename Family::over_pages>(object_pages_of_dead_cpu::page, 2U) {
    this->on_cpu(1, [this] { this->a.alloc(5); });
    this->on_cpu(1, [this] { this->a.alloc(5); });
  }
  void task(unsigned number) {
    if (number == 0) {
      this->take_down(1);
      this->a.alloc(2);
    } else {
      this->a.free(5);
    }
  }
};

/// Known: the rest of a page that two charges have on one CPU is that of two.
template <class Family>
struct objects_above_the_bound : object_single<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "above_the_bound">,
      .summary =
          "Two tasks of one CPU charge objects: the CPU should keep no more than the kernel's "
          "comment says.",
      .task_list = {{{"alloc 1"}, {"alloc 1"}}},
      .known = known_property{oracle::stock_bound, "object-stock-above-bound"},
  };

  void task(unsigned) { this->a.alloc(1); }
};

}  // namespace stockcheck::checks
