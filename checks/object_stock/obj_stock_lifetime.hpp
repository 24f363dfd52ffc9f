// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: groups and objcgs come to their end while byte stocks with one slot name them.
#pragma once

#include "checks/object_stock/object_lifetimes.hpp"
#include "checks/object_stock/object_lookups.hpp"
#include "model/memcg/obj_stock.hpp"

namespace stockcheck::checks {

using obj_stock_lifetime_scenarios =
    scenario_list<object_alloc_against_offline, object_free_against_offline,
                  object_two_groups_offline, object_released_on_two_cpus,
                  object_release_against_reparent, object_lookup_against_offline,
                  object_last_reference, object_peek_at_switch, object_offline_leaves_bytes,
                  object_lookup_against_charge, object_lookup_below_root,
                  object_freed_against_reparent>::of_family<obj_stock_family>;

}  // namespace stockcheck::checks
