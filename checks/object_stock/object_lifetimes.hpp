// SPDX-License-Identifier: GPL-2.0-only
// Scenarios of every kind of byte stock: groups and their objcgs go away.
#pragma once

#include "checks/object_stock/object_families.hpp"

namespace stockcheck::checks {

template <class Family>
struct object_alloc_against_offline : object_child<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "alloc_against_offline">,
      .summary =
          "A task charges objects to the objcg of a group that goes offline and is freed: they "
          "belong to the parent from some moment on.",
      .task_list = {{{"alloc 2, alloc 3"}, {"a goes offline, free it if it can be", {.cpu = 1}}}},
  };

  object_alloc_against_offline() { this->a.alloc_slab(1, 0); }
  void task(unsigned number) {
    if (number == 0) {
      this->a.alloc_slab(2, 0);
      this->a.alloc_slab(3, 0);
    } else {
      this->a.go_offline();
      this->a.free_if_released();
    }
  }
};

template <class Family>
struct object_free_against_offline : object_child<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "free_against_offline">,
      .summary = "The objects of a group are freed, pages of them, while it goes offline.",
      .task_list = {{{"free 7, free 2, drain root"},
                     {"a goes offline, free it if it can be", {.cpu = 1}}}},
  };

  object_free_against_offline() {
    this->a.alloc_slab(7, 0);
    this->a.alloc_slab(2, 1);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->a.free_slab(7, 0);
      this->a.free_slab(2, 1);
      this->root.drain_all();
    } else {
      this->a.go_offline();
      this->a.free_if_released();
    }
  }
};

/// The parts of the last page come back on two CPUs; whoever puts the last reference uncharges it.
template <class Family>
struct object_released_on_two_cpus : object_child<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "released_on_two_cpus">,
      .summary =
          "The last objects of a removed group, which share a page, are freed on two CPUs, which "
          "are drained.",
      .task_list = {{{"free 3, drain root"}, {"free 1, drain root", {.cpu = 1}}}},
  };

  object_released_on_two_cpus() {
    this->a.alloc(3);
    this->a.alloc(1);
    this->on_cpu(0, [this] { this->root.drain_all(); });
    this->a.go_offline();
  }
  void task(unsigned number) {
    this->a.free(number == 0 ? 3 : 1);
    this->root.drain_all();
  }
};

/// The objcg of `a` is in the list of `p`.
template <class Family>
struct object_release_against_reparent : object_grandchild<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "release_against_reparent">,
      .summary =
          "The last object of a removed group is freed, and its objcg released, while the parent "
          "that inherited it goes offline as well.",
      .task_list = {{{"drain root"}, {"p goes offline", {.cpu = 1}}}},
  };

  object_release_against_reparent() {
    this->a.alloc(4);
    this->a.go_offline();
    this->a.free(4);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->root.drain_all();
    } else {
      this->p.go_offline();
    }
  }
};

/// Here the objcg of `a`, which is in the list of `p`, is freed as well once it is released.
template <class Family>
struct object_freed_against_reparent : object_release_against_reparent<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "freed_against_reparent">,
      .summary = "An objcg is released and freed while the parent that inherited it goes offline.",
      .task_list = {{{"drain root, free a's objcg if it can be"}, {"p goes offline", {.cpu = 1}}}},
  };

  void task(unsigned number) {
    if (number == 1) return this->p.go_offline();
    this->root.drain_all();
    this->a.free_if_released();
  }
};

template <class Family>
struct object_two_groups_offline : object_grandchild<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "two_groups_offline">,
      .summary = "A group and its parent go offline while an object of it is freed.",
      .task_list = {{{"alloc 3, free 2"}, {"a and p go offline", {.cpu = 1}}}},
  };

  object_two_groups_offline() { this->a.alloc_slab(2, 0); }
  void task(unsigned number) {
    if (number == 0) {
      this->a.alloc_slab(3, 0);
      this->a.free_slab(2, 0);
    } else {
      this->a.go_offline();
      this->p.go_offline();
    }
  }
};

/// CPU 1 names the objcg of a removed group of which no object is left: the last reference.
template <class Family>
struct object_last_reference : object_child<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "last_reference">,
      .summary = "A drain drops the last reference of an objcg, which is freed.",
      .task_list = {{{"drain root, free a's objcg if it can be"}, {"drain work", {.cpu = 1}}}},
  };

  object_last_reference() {
    this->on_cpu(1, [this] { this->a.alloc(1); });
    this->on_cpu(1, [this] { this->a.free(1); });
    this->a.go_offline();
  }
  void task(unsigned number) {
    if (number == 0) {
      this->root.drain_all();
      this->drainers_ended();
      this->a.free_if_released();
    } else {
      this->work_on(1);
    }
  }
};

/// CPU 1 names the objcg of a removed group without any object, until others take its place.
template <class Family>
struct object_peek_at_switch : object_child<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "peek_at_switch">,
      .summary =
          "A CPU gives the place of an objcg, which is freed, to others, while another CPU looks "
          "at "
          "it.",
      .task_list = {{{"drain root"},
                     {"alloc p 1, alloc q 1", {.cpu = 1}},
                     {"free a's objcg if it can be", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  group_of_objects<Family> q{*this, "q", "objcg of q", this->root};

  object_peek_at_switch() {
    this->on_cpu(1, [this] { this->a.alloc(1); });
    this->on_cpu(1, [this] { this->a.free(1); });
    this->a.go_offline();
  }
  void task(unsigned number) {
    if (number == 0) {
      this->root.drain_all();
    } else if (number == 1) {
      this->p.alloc(1);
      this->q.alloc(1);
    } else {
      this->a.free_if_released();
    }
  }
};

/// Known: who goes offline leaves the bytes of its objcg where they are.
template <class Family>
struct object_offline_leaves_bytes : object_child<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "offline_leaves_bytes">,
      .summary = "A group goes offline: no CPU should name its objcg, once the drains have run.",
      .task_list = {{{"a goes offline"}, {"alloc p 1", {.cpu = 2}}}},
      .nr_cpus = 3,
      .known = known_property{oracle::scenario, "offline-leaves-bytes"},
  };

  object_offline_leaves_bytes() {
    this->on_cpu(1, [this] { this->a.alloc(1); });
  }
  void task(unsigned number) {
    if (number == 0) {
      this->a.go_offline();
    } else {
      this->p.alloc(1);
    }
  }
  void check() override {
    Family::atomics::expect(this->slots(this->a) == 0, oracle::scenario,
                            "a CPU names the objcg of an offline group",
                            {{"bytes", this->stocked(this->a)}});
  }
};

}  // namespace stockcheck::checks
