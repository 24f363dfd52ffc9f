// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: kernel objects are charged through byte stocks with several slots.
#pragma once

#include "checks/object_stock/object_charges.hpp"
#include "checks/object_stock/object_interrupts.hpp"
#include "model/memcg/multi_obj_stock.hpp"
#include "model/memcg/seven_slot_stock.hpp"

namespace stockcheck::checks {

template <class S>
struct multi_two_cpus : objects_on_two_cpus<object_single<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info = multi_two_cpus::about({.name = "multi_obj_stock/two_cpus"});
};
template <class S>
struct multi_freed_elsewhere
    : object_freed_elsewhere<object_single<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_freed_elsewhere::about({.name = "multi_obj_stock/freed_elsewhere"});
};
template <class S>
struct multi_left_over : object_left_over<object_pair<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_left_over::about({.name = "multi_obj_stock/left_over"});
};
template <class S>
struct multi_pages_freed : object_pages_freed<object_single<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_pages_freed::about({.name = "multi_obj_stock/pages_freed"});
};
template <class S>
struct multi_refused : object_charge_refused<object_single<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info = multi_refused::about({.name = "multi_obj_stock/refused"});
};
template <class S>
struct multi_moved : object_charge_moved<object_single<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info = multi_moved::about({.name = "multi_obj_stock/moved"});
};
template <class S>
struct multi_two_nodes : objects_on_two_nodes<object_single<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_two_nodes::about({.name = "multi_obj_stock/two_nodes"});
};
template <class S>
struct multi_two_kinds : objects_of_two_kinds<object_single<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_two_kinds::about({.name = "multi_obj_stock/two_kinds"});
};
template <class S>
struct multi_interrupted_charge
    : object_charge_interrupted<object_single<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_interrupted_charge::about({.name = "multi_obj_stock/interrupted_charge"});
};
template <class S>
struct multi_interrupted_free
    : object_free_interrupted<object_single<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_interrupted_free::about({.name = "multi_obj_stock/interrupted_free"});
};
template <class S>
struct multi_above_the_bound
    : objects_above_the_bound<object_single<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_above_the_bound::about({.name = "multi_obj_stock/above_the_bound"});
};
template <class S>
struct multi_over_pages
    : objects_over_pages<object_single<S, typename S::two_slot_obj_stock_over_pages>> {
  static constexpr scenario_info info =
      multi_over_pages::about({.name = "multi_obj_stock/over_pages"});
};
template <class S>
struct multi_pages_of_dead_cpu
    : object_pages_of_dead_cpu<object_single<S, typename S::two_slot_obj_stock_over_pages>> {
  static constexpr scenario_info info =
      multi_pages_of_dead_cpu::about({.name = "multi_obj_stock/pages_of_dead_cpu"});
};

template <class S>
struct multi_bytes_and_slabs
    : object_bytes_and_slabs<object_single<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_bytes_and_slabs::about({.name = "multi_obj_stock/bytes_and_slabs"});
};

template <class S>
struct multi_interrupts_nest
    : object_interrupts_nest<object_single<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_interrupts_nest::about({.name = "multi_obj_stock/interrupts_nest"});
};

template <class S>
struct multi_bytes_interrupted
    : object_bytes_interrupted<object_single<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_bytes_interrupted::about({.name = "multi_obj_stock/bytes_interrupted"});
};

using multi_obj_stock_charge_scenarios =
    scenario_list<multi_two_cpus, multi_freed_elsewhere, multi_left_over, multi_pages_freed,
                  multi_refused, multi_moved, multi_two_nodes, multi_two_kinds,
                  multi_interrupted_charge, multi_interrupted_free, multi_above_the_bound,
                  multi_over_pages, multi_pages_of_dead_cpu, multi_bytes_and_slabs,
                  multi_interrupts_nest, multi_bytes_interrupted>;

}  // namespace stockcheck::checks
