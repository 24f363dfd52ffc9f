// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: groups and objcgs come to their end while byte stocks with several slots name them.
#pragma once

#include "checks/object_stock/object_lifetimes.hpp"
#include "checks/object_stock/object_lookups.hpp"
#include "model/memcg/multi_obj_stock.hpp"

namespace stockcheck::checks {

/// Known: the root's counter forgets nothing.
template <class Family>
struct multi_pages_of_the_root : object_single<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "pages_of_the_root">,
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

using multi_obj_stock_lifetime_scenarios =
    scenario_list<object_alloc_against_offline, object_free_against_offline,
                  object_two_groups_offline, object_released_on_two_cpus,
                  object_release_against_reparent, object_lookup_against_offline,
                  object_last_reference, object_peek_at_switch, object_offline_leaves_bytes,
                  multi_pages_of_the_root, object_lookup_against_charge, object_lookup_below_root,
                  object_freed_against_reparent>::of_family<multi_obj_stock_family>;

}  // namespace stockcheck::checks
