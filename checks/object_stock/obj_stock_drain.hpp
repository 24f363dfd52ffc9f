// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: byte stocks with one slot are drained, and CPUs go offline.
#pragma once

#include "checks/object_stock/object_drains.hpp"
#include "checks/object_stock/object_hotplug.hpp"
#include "model/memcg/obj_stock.hpp"

namespace stockcheck::checks {

using obj_stock_drain_scenarios =
    scenario_list<object_alloc_against_drain, object_free_against_drain, objects_left_over_twice,
                  object_statistics_drained, object_drains_on_two_cpus, object_pages_drained,
                  object_dead_cpu, object_empty_dead_cpu, object_work_of_dead_cpu, object_isolation,
                  object_dead_beside_work>::of_family<obj_stock_family>;

}  // namespace stockcheck::checks
