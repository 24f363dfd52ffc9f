// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: kernel objects are charged through byte stocks with one slot.
#pragma once

#include "checks/object_stock/object_charges.hpp"
#include "checks/object_stock/object_interrupts.hpp"
#include "model/memcg/obj_stock.hpp"
#include "model/memcg/one_slot_stock.hpp"

namespace stockcheck::checks {

template <class S>
struct obj_two_cpus : objects_on_two_cpus<object_single<S, typename S::obj_stock>> {
  static constexpr scenario_info info = obj_two_cpus::about({.name = "obj_stock/two_cpus"});
};
template <class S>
struct obj_freed_elsewhere : object_freed_elsewhere<object_single<S, typename S::obj_stock>> {
  static constexpr scenario_info info =
      obj_freed_elsewhere::about({.name = "obj_stock/freed_elsewhere"});
};
template <class S>
struct obj_left_over : object_left_over<object_pair<S, typename S::obj_stock>> {
  static constexpr scenario_info info = obj_left_over::about({.name = "obj_stock/left_over"});
};
template <class S>
struct obj_pages_freed : object_pages_freed<object_single<S, typename S::obj_stock>> {
  static constexpr scenario_info info = obj_pages_freed::about({.name = "obj_stock/pages_freed"});
};
template <class S>
struct obj_refused : object_charge_refused<object_single<S, typename S::obj_stock>> {
  static constexpr scenario_info info = obj_refused::about({.name = "obj_stock/refused"});
};
template <class S>
struct obj_moved : object_charge_moved<object_single<S, typename S::obj_stock>> {
  static constexpr scenario_info info = obj_moved::about({.name = "obj_stock/moved"});
};
template <class S>
struct obj_two_nodes : objects_on_two_nodes<object_single<S, typename S::obj_stock>> {
  static constexpr scenario_info info = obj_two_nodes::about({.name = "obj_stock/two_nodes"});
};
template <class S>
struct obj_two_kinds : objects_of_two_kinds<object_single<S, typename S::obj_stock>> {
  static constexpr scenario_info info = obj_two_kinds::about({.name = "obj_stock/two_kinds"});
};
template <class S>
struct obj_interrupted_charge : object_charge_interrupted<object_single<S, typename S::obj_stock>> {
  static constexpr scenario_info info =
      obj_interrupted_charge::about({.name = "obj_stock/interrupted_charge"});
};
template <class S>
struct obj_interrupted_free : object_free_interrupted<object_single<S, typename S::obj_stock>> {
  static constexpr scenario_info info =
      obj_interrupted_free::about({.name = "obj_stock/interrupted_free"});
};
template <class S>
struct obj_above_the_bound : objects_above_the_bound<object_single<S, typename S::obj_stock>> {
  static constexpr scenario_info info =
      obj_above_the_bound::about({.name = "obj_stock/above_the_bound"});
};
template <class S>
struct obj_over_pages : objects_over_pages<object_single<S, typename S::obj_stock_over_pages>> {
  static constexpr scenario_info info = obj_over_pages::about({.name = "obj_stock/over_pages"});
};
template <class S>
struct obj_pages_of_dead_cpu
    : object_pages_of_dead_cpu<object_single<S, typename S::obj_stock_over_pages>> {
  static constexpr scenario_info info =
      obj_pages_of_dead_cpu::about({.name = "obj_stock/pages_of_dead_cpu"});
};

/// The slot of a CPU goes from one group to another; what is left of the first one's pages is given
/// to the objcg, from which another CPU takes it.
template <class S>
struct obj_switch : object_pair<S, typename S::obj_stock> {
  static constexpr scenario_info info{
      .name = "obj_stock/switch",
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

template <class S>
struct obj_groups_on_one_cpu : object_pair<S, typename S::obj_stock> {
  static constexpr scenario_info info{
      .name = "obj_stock/groups_on_one_cpu",
      .summary =
          "Two tasks of one CPU charge objects of two groups, one of which it keeps bytes of.",
      .task_list = {{{"alloc a 1"}, {"alloc b 1"}}},
  };

  obj_groups_on_one_cpu() { this->a.alloc(3); }
  void task(unsigned number) { (number == 0 ? this->a : this->b).alloc(1); }
};

template <class S>
struct obj_switch_of_statistics : object_pair<S, typename S::obj_stock> {
  static constexpr scenario_info info{
      .name = "obj_stock/switch_of_statistics",
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

template <class S>
struct obj_bytes_and_slabs : object_bytes_and_slabs<object_single<S, typename S::obj_stock>> {
  static constexpr scenario_info info =
      obj_bytes_and_slabs::about({.name = "obj_stock/bytes_and_slabs"});
};

template <class S>
struct obj_interrupts_nest : object_interrupts_nest<object_single<S, typename S::obj_stock>> {
  static constexpr scenario_info info =
      obj_interrupts_nest::about({.name = "obj_stock/interrupts_nest"});
};

template <class S>
struct obj_bytes_interrupted : object_bytes_interrupted<object_single<S, typename S::obj_stock>> {
  static constexpr scenario_info info =
      obj_bytes_interrupted::about({.name = "obj_stock/bytes_interrupted"});
};

using obj_stock_charge_scenarios =
    scenario_list<obj_two_cpus, obj_freed_elsewhere, obj_left_over, obj_pages_freed, obj_refused,
                  obj_moved, obj_two_nodes, obj_two_kinds, obj_interrupted_charge,
                  obj_interrupted_free, obj_above_the_bound, obj_over_pages, obj_pages_of_dead_cpu,
                  obj_switch, obj_groups_on_one_cpu, obj_switch_of_statistics, obj_bytes_and_slabs,
                  obj_interrupts_nest, obj_bytes_interrupted>;

}  // namespace stockcheck::checks
