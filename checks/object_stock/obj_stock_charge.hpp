// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: kernel objects are charged through byte stocks with one slot.
#pragma once

#include "checks/object_stock/object_charges.hpp"
#include "checks/object_stock/object_interrupts.hpp"
#include "model/memcg/obj_stock.hpp"
#include "model/memcg/one_slot_stock.hpp"

namespace stockcheck::checks {

/// The slot of a CPU goes from one group to another; what is left of the first one's pages is given
/// to the objcg, from which another CPU takes it.
template <class Family>
struct obj_switch : object_pair<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "switch">,
      .summary =
          "A CPU charges an object of another group than before, and leaves the rest of a page to "
          "the first one, of which an object is freed elsewhere.",
      .task_list = {{{"alloc b 1"}, {"free a 3", {.cpu = 1}}}},
  };

  obj_switch() { this->a.alloc(3); }
  void task(unsigned number) {
    if (number == 0) {
      this->b.alloc(1);
    } else {
      this->a.free(3);
    }
  }
};

template <class Family>
struct obj_groups_on_one_cpu : object_pair<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "groups_on_one_cpu">,
      .summary =
          "Two tasks of one CPU charge objects of two groups, one of which it keeps bytes of.",
      .task_list = {{{"alloc a 1"}, {"alloc b 1"}}},
  };

  obj_groups_on_one_cpu() { this->a.alloc(3); }
  void task(unsigned number) { (number == 0 ? this->a : this->b).alloc(1); }
};

template <class Family>
struct obj_switch_of_statistics : object_pair<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "switch_of_statistics">,
      .summary = "Objects of two groups come and go on one CPU, each with its statistics.",
      .task_list = {{{"free a 2 on node 1, alloc b 1 on node 0"},
                     {"alloc a 1 on node 0", {.cpu = 1}}}},
  };

  obj_switch_of_statistics() {
    this->a.alloc_slab(2, 1);
    this->b.alloc_slab(2, 0);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->a.free_slab(2, 1);
      this->b.alloc_slab(1, 0);
    } else {
      this->a.alloc_slab(1, 0);
    }
  }
};

using obj_stock_charge_scenarios =
    scenario_list<objects_on_two_cpus, object_freed_elsewhere, object_left_over, object_pages_freed,
                  object_charge_refused, object_charge_moved, objects_on_two_nodes,
                  objects_of_two_kinds, object_charge_interrupted, object_free_interrupted,
                  objects_above_the_bound, objects_over_pages, object_pages_of_dead_cpu, obj_switch,
                  obj_groups_on_one_cpu, obj_switch_of_statistics, object_bytes_and_slabs,
                  object_interrupts_nest, object_bytes_interrupted>::of_family<obj_stock_family>;

}  // namespace stockcheck::checks
