// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: byte stocks with one slot are drained, and CPUs go offline.
#pragma once

#include "checks/object_stock/object_drains.hpp"
#include "checks/object_stock/object_hotplug.hpp"
#include "model/memcg/obj_stock.hpp"

namespace stockcheck::checks {

template <class S>
struct obj_alloc_against_drain
    : object_alloc_against_drain<object_single<S, typename S::obj_stock>> {
  static constexpr scenario_info info =
      obj_alloc_against_drain::about({.name = "obj_stock/alloc_against_drain"});
};
template <class S>
struct obj_free_against_drain : object_free_against_drain<object_single<S, typename S::obj_stock>> {
  static constexpr scenario_info info =
      obj_free_against_drain::about({.name = "obj_stock/free_against_drain"});
};
template <class S>
struct obj_left_over_twice : objects_left_over_twice<object_single<S, typename S::obj_stock>> {
  static constexpr scenario_info info =
      obj_left_over_twice::about({.name = "obj_stock/left_over_twice"});
};
template <class S>
struct obj_statistics_drained : object_statistics_drained<object_single<S, typename S::obj_stock>> {
  static constexpr scenario_info info =
      obj_statistics_drained::about({.name = "obj_stock/statistics_drained"});
};
template <class S>
struct obj_two_drains : object_drains_on_two_cpus<object_single<S, typename S::obj_stock>> {
  static constexpr scenario_info info = obj_two_drains::about({.name = "obj_stock/two_drains"});
};
template <class S>
struct obj_pages_drained : object_pages_drained<object_single<S, typename S::obj_stock>> {
  static constexpr scenario_info info =
      obj_pages_drained::about({.name = "obj_stock/pages_drained"});
};
template <class S>
struct obj_dead_cpu : object_dead_cpu<object_pair<S, typename S::obj_stock>> {
  static constexpr scenario_info info = obj_dead_cpu::about({.name = "obj_stock/dead_cpu"});
};
template <class S>
struct obj_empty_dead_cpu : object_empty_dead_cpu<object_single<S, typename S::obj_stock>> {
  static constexpr scenario_info info =
      obj_empty_dead_cpu::about({.name = "obj_stock/empty_dead_cpu"});
};
template <class S>
struct obj_work_of_dead_cpu : object_work_of_dead_cpu<object_single<S, typename S::obj_stock>> {
  static constexpr scenario_info info =
      obj_work_of_dead_cpu::about({.name = "obj_stock/work_of_dead_cpu"});
};

template <class S>
struct obj_isolation : object_isolation<object_single<S, typename S::obj_stock>> {
  static constexpr scenario_info info = obj_isolation::about({.name = "obj_stock/isolation"});
};

template <class S>
struct obj_dead_beside_work : object_dead_beside_work<object_pair<S, typename S::obj_stock>> {
  static constexpr scenario_info info =
      obj_dead_beside_work::about({.name = "obj_stock/dead_beside_work"});
};

using obj_stock_drain_scenarios =
    scenario_list<obj_alloc_against_drain, obj_free_against_drain, obj_left_over_twice,
                  obj_statistics_drained, obj_two_drains, obj_pages_drained, obj_dead_cpu,
                  obj_empty_dead_cpu, obj_work_of_dead_cpu, obj_isolation, obj_dead_beside_work>;

}  // namespace stockcheck::checks
