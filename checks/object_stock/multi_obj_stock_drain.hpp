// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: byte stocks with several slots are drained, and CPUs go offline.
#pragma once

#include "checks/object_stock/object_drains.hpp"
#include "checks/object_stock/object_hotplug.hpp"
#include "model/memcg/multi_obj_stock.hpp"

namespace stockcheck::checks {

template <class S>
struct multi_alloc_against_drain
    : object_alloc_against_drain<object_single<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_alloc_against_drain::about({.name = "multi_obj_stock/alloc_against_drain"});
};
template <class S>
struct multi_free_against_drain
    : object_free_against_drain<object_single<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_free_against_drain::about({.name = "multi_obj_stock/free_against_drain"});
};
template <class S>
struct multi_left_over_twice
    : objects_left_over_twice<object_single<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_left_over_twice::about({.name = "multi_obj_stock/left_over_twice"});
};
template <class S>
struct multi_statistics_drained
    : object_statistics_drained<object_single<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_statistics_drained::about({.name = "multi_obj_stock/statistics_drained"});
};
template <class S>
struct multi_two_drains
    : object_drains_on_two_cpus<object_single<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_two_drains::about({.name = "multi_obj_stock/two_drains"});
};
template <class S>
struct multi_pages_drained
    : object_pages_drained<object_single<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_pages_drained::about({.name = "multi_obj_stock/pages_drained"});
};
template <class S>
struct multi_dead_cpu : object_dead_cpu<object_pair<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info = multi_dead_cpu::about({.name = "multi_obj_stock/dead_cpu"});
};
template <class S>
struct multi_empty_dead_cpu
    : object_empty_dead_cpu<object_single<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_empty_dead_cpu::about({.name = "multi_obj_stock/empty_dead_cpu"});
};
template <class S>
struct multi_work_of_dead_cpu
    : object_work_of_dead_cpu<object_single<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_work_of_dead_cpu::about({.name = "multi_obj_stock/work_of_dead_cpu"});
};

template <class S>
struct multi_isolation : object_isolation<object_single<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_isolation::about({.name = "multi_obj_stock/isolation"});
};

template <class S>
struct multi_dead_beside_work
    : object_dead_beside_work<object_pair<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_dead_beside_work::about({.name = "multi_obj_stock/dead_beside_work"});
};

using multi_obj_stock_drain_scenarios =
    scenario_list<multi_alloc_against_drain, multi_free_against_drain, multi_left_over_twice,
                  multi_statistics_drained, multi_two_drains, multi_pages_drained, multi_dead_cpu,
                  multi_empty_dead_cpu, multi_work_of_dead_cpu, multi_isolation,
                  multi_dead_beside_work>;

}  // namespace stockcheck::checks
