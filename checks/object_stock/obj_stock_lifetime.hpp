// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: groups and objcgs come to their end while byte stocks with one slot name them.
#pragma once

#include "checks/object_stock/object_lifetimes.hpp"
#include "checks/object_stock/object_lookups.hpp"
#include "model/memcg/obj_stock.hpp"

namespace stockcheck::checks {

template <class S>
struct obj_alloc_against_offline
    : object_alloc_against_offline<object_family<S, typename S::obj_stock>> {
  static constexpr scenario_info info =
      obj_alloc_against_offline::about({.name = "obj_stock/alloc_against_offline"});
};
template <class S>
struct obj_free_against_offline
    : object_free_against_offline<object_family<S, typename S::obj_stock>> {
  static constexpr scenario_info info =
      obj_free_against_offline::about({.name = "obj_stock/free_against_offline"});
};
template <class S>
struct obj_two_groups_offline
    : object_two_groups_offline<object_large_family<S, typename S::obj_stock>> {
  static constexpr scenario_info info =
      obj_two_groups_offline::about({.name = "obj_stock/two_groups_offline"});
};
template <class S>
struct obj_released_on_two_cpus
    : object_released_on_two_cpus<object_family<S, typename S::obj_stock>> {
  static constexpr scenario_info info =
      obj_released_on_two_cpus::about({.name = "obj_stock/released_on_two_cpus"});
};
template <class S>
struct obj_release_against_reparent
    : object_release_against_reparent<object_large_family<S, typename S::obj_stock>> {
  static constexpr scenario_info info =
      obj_release_against_reparent::about({.name = "obj_stock/release_against_reparent"});
};
template <class S>
struct obj_lookup_against_offline
    : object_lookup_against_offline<object_family<S, typename S::obj_stock>> {
  static constexpr scenario_info info =
      obj_lookup_against_offline::about({.name = "obj_stock/lookup_against_offline"});
};
template <class S>
struct obj_last_reference : object_last_reference<object_family<S, typename S::obj_stock>> {
  static constexpr scenario_info info =
      obj_last_reference::about({.name = "obj_stock/last_reference"});
};
template <class S>
struct obj_peek_at_switch : object_peek_at_switch<object_family<S, typename S::obj_stock>> {
  static constexpr scenario_info info =
      obj_peek_at_switch::about({.name = "obj_stock/peek_at_switch"});
};
template <class S>
struct obj_offline_leaves_bytes
    : object_offline_leaves_bytes<object_family<S, typename S::obj_stock>> {
  static constexpr scenario_info info =
      obj_offline_leaves_bytes::about({.name = "obj_stock/offline_leaves_bytes"});
};

template <class S>
struct obj_lookup_against_charge
    : object_lookup_against_charge<object_family<S, typename S::obj_stock>> {
  static constexpr scenario_info info =
      obj_lookup_against_charge::about({.name = "obj_stock/lookup_against_charge"});
};

template <class S>
struct obj_lookup_below_root : object_lookup_below_root<object_single<S, typename S::obj_stock>> {
  static constexpr scenario_info info =
      obj_lookup_below_root::about({.name = "obj_stock/lookup_below_root"});
};

template <class S>
struct obj_freed_against_reparent
    : object_freed_against_reparent<object_large_family<S, typename S::obj_stock>> {
  static constexpr scenario_info info =
      obj_freed_against_reparent::about({.name = "obj_stock/freed_against_reparent"});
};

using obj_stock_lifetime_scenarios =
    scenario_list<obj_alloc_against_offline, obj_free_against_offline, obj_two_groups_offline,
                  obj_released_on_two_cpus, obj_release_against_reparent,
                  obj_lookup_against_offline, obj_last_reference, obj_peek_at_switch,
                  obj_offline_leaves_bytes, obj_lookup_against_charge, obj_lookup_below_root,
                  obj_freed_against_reparent>;

}  // namespace stockcheck::checks
