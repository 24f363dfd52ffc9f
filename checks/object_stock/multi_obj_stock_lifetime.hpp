// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: groups and objcgs come to their end while byte stocks with several slots name them.
#pragma once

#include "checks/object_stock/object_lifetimes.hpp"
#include "checks/object_stock/object_lookups.hpp"
#include "model/memcg/multi_obj_stock.hpp"

namespace stockcheck::checks {

template <class S>
struct multi_alloc_against_offline
    : object_alloc_against_offline<object_family<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_alloc_against_offline::about({.name = "multi_obj_stock/alloc_against_offline"});
};
template <class S>
struct multi_free_against_offline
    : object_free_against_offline<object_family<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_free_against_offline::about({.name = "multi_obj_stock/free_against_offline"});
};
template <class S>
struct multi_two_groups_offline
    : object_two_groups_offline<object_large_family<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_two_groups_offline::about({.name = "multi_obj_stock/two_groups_offline"});
};
template <class S>
struct multi_released_on_two_cpus
    : object_released_on_two_cpus<object_family<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_released_on_two_cpus::about({.name = "multi_obj_stock/released_on_two_cpus"});
};
template <class S>
struct multi_release_against_reparent
    : object_release_against_reparent<object_large_family<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_release_against_reparent::about({.name = "multi_obj_stock/release_against_reparent"});
};
template <class S>
struct multi_lookup_against_offline
    : object_lookup_against_offline<object_family<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_lookup_against_offline::about({.name = "multi_obj_stock/lookup_against_offline"});
};
template <class S>
struct multi_last_reference
    : object_last_reference<object_family<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_last_reference::about({.name = "multi_obj_stock/last_reference"});
};
template <class S>
struct multi_peek_at_switch
    : object_peek_at_switch<object_family<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_peek_at_switch::about({.name = "multi_obj_stock/peek_at_switch"});
};
template <class S>
struct multi_offline_leaves_bytes
    : object_offline_leaves_bytes<object_family<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_offline_leaves_bytes::about({.name = "multi_obj_stock/offline_leaves_bytes"});
};

/// Known: the root's counter forgets nothing.
template <class S>
struct multi_pages_of_the_root : object_single<S, typename S::two_slot_obj_stock> {
  static constexpr scenario_info info{
      .name = "multi_obj_stock/pages_of_the_root",
      .summary =
          "A page of objects is freed after their group, a child of the root, went offline: the "
          "root should have it no more.",
      .task_list = {{{"free 8"}, {"a goes offline", {.cpu = 1}}}},
      .known = known_property{oracle::conservation, "pages-of-the-root"},
  };

  multi_pages_of_the_root() { this->a.alloc(8); }
  void task(unsigned number) {
    if (number == 0) {
      this->a.free(8);
    } else {
      this->a.go_offline();
    }
  }
};

template <class S>
struct multi_lookup_against_charge
    : object_lookup_against_charge<object_family<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_lookup_against_charge::about({.name = "multi_obj_stock/lookup_against_charge"});
};

template <class S>
struct multi_lookup_below_root
    : object_lookup_below_root<object_single<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_lookup_below_root::about({.name = "multi_obj_stock/lookup_below_root"});
};

template <class S>
struct multi_freed_against_reparent
    : object_freed_against_reparent<object_large_family<S, typename S::two_slot_obj_stock>> {
  static constexpr scenario_info info =
      multi_freed_against_reparent::about({.name = "multi_obj_stock/freed_against_reparent"});
};

using multi_obj_stock_lifetime_scenarios =
    scenario_list<multi_alloc_against_offline, multi_free_against_offline, multi_two_groups_offline,
                  multi_released_on_two_cpus, multi_release_against_reparent,
                  multi_lookup_against_offline, multi_last_reference, multi_peek_at_switch,
                  multi_offline_leaves_bytes, multi_pages_of_the_root, multi_lookup_against_charge,
                  multi_lookup_below_root, multi_freed_against_reparent>;

}  // namespace stockcheck::checks
