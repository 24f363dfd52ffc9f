// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: kernel objects are charged through byte stocks with several slots.
#pragma once

#include "checks/object_stock/object_charges.hpp"
#include "checks/object_stock/object_interrupts.hpp"
#include "model/memcg/multi_obj_stock.hpp"
#include "model/memcg/seven_slot_stock.hpp"

namespace stockcheck::checks {

using multi_obj_stock_charge_scenarios =
    scenario_list<objects_on_two_cpus, object_freed_elsewhere, object_left_over, object_pages_freed,
                  object_charge_refused, object_charge_moved, objects_on_two_nodes,
                  objects_of_two_kinds, object_charge_interrupted, object_free_interrupted,
                  objects_above_the_bound, objects_over_pages, object_pages_of_dead_cpu,
                  object_bytes_and_slabs, object_interrupts_nest,
                  object_bytes_interrupted>::of_family<multi_obj_stock_family>;

}  // namespace stockcheck::checks
