// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: byte stocks with several slots, and what fits in one.
#pragma once

#include "checks/object_stock/object_families.hpp"
#include "model/memcg/multi_obj_stock.hpp"

namespace stockcheck::checks {

/// Three groups share the two slots of CPU 0.
template <class Family>
struct object_triple : object_pair<Family> {
  group_of_objects<Family> c{*this, "c", "objcg of c", this->root};

  object_triple() { this->peak_in_the_past(c); }
};

template <class Family>
struct multi_evict : object_triple<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "evict">,
      .summary =
          "A third group takes the slot of the first one, which leaves the rest of its page with "
          "its objcg; an object of it is freed elsewhere.",
      .task_list = {{{"alloc c 1"}, {"free a 3", {.cpu = 1}}}},
  };

  multi_evict() {
    this->a.alloc_slab(3, 0);
    this->b.alloc(3);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->c.alloc_slab(1, 0);
    } else {
      this->a.free_slab(3, 0);
    }
  }
};

template <class Family>
struct multi_owner_of_statistics : object_triple<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "owner_of_statistics">,
      .summary =
          "A CPU keeps the statistics of one group at a time, and of one node; the slots stay.",
      .task_list = {{{"alloc b 1 on node 1, c 1 on node 0"}, {"free a 1 on node 0", {.cpu = 1}}}},
  };

  multi_owner_of_statistics() {
    this->a.alloc_slab(2, 0);
    this->a.alloc_slab(1, 0);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->b.alloc_slab(1, 1);
      this->c.alloc_slab(1, 0);
    } else {
      this->a.free_slab(1, 0);
    }
  }
};

/// A group with pages of 64 KiB: what a slot holds is less than a page.
template <class Family>
struct object_large_pages : object_single<Family> {
  object_large_pages() : object_single<Family>(0x10000) { this->waive_stock_bound(); }
};

template <class Family>
struct multi_slot_overflows : object_large_pages<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "slot_overflows">,
      .summary =
          "Two tasks of one CPU charge small objects: the rest of two pages of 64 KiB does not fit "
          "in a slot.",
      .task_list = {{{"alloc 1"}, {"alloc 1"}}},
  };

  void task(unsigned) { this->a.alloc_slab(1, 0); }
};

template <class Family>
struct multi_left_over_overflows : object_large_pages<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "left_over_overflows">,
      .summary =
          "What two CPUs left with an objcg is more than a slot holds: another CPU takes it while "
          "one of them leaves more.",
      .task_list = {{{"alloc 1"}, {"alloc 1, drain a", {.cpu = 1}}}},
  };

  multi_left_over_overflows() {
    for (const unsigned cpu : {0U, 1U}) this->on_cpu(cpu, [this] { this->a.alloc(20000); });
    this->a.drain_all();
    this->flush_work();
  }
  void task(unsigned number) {
    this->a.alloc(1);
    if (number == 1) this->a.drain_all();
  }
};

template <class Family>
struct multi_large_objects : object_large_pages<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "large_objects">,
      .summary = "The statistics of large objects do not fit where small ones are kept.",
      .task_list = {{{"alloc 30000, 30000 on node 0"}, {"free 40000 on node 0", {.cpu = 1}}}},
  };

  multi_large_objects() { this->a.alloc_slab(40000, 0); }
  void task(unsigned number) {
    if (number == 1) return this->a.free_slab(40000, 0);
    this->a.alloc_slab(30000, 0);
    this->a.alloc_slab(30000, 0);
  }
};

using multi_obj_stock_slots_scenarios =
    scenario_list<multi_evict, multi_owner_of_statistics, multi_slot_overflows,
                  multi_left_over_overflows,
                  multi_large_objects>::of_family<multi_obj_stock_family>;

}  // namespace stockcheck::checks
