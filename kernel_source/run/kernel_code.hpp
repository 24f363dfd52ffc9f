// SPDX-License-Identifier: GPL-2.0-only
// The subject "the kernel's own file": what scenarios use of it, over a policy.
#pragma once

#include "kernel_source/run/kernel_charge_path.hpp"
#include "kernel_source/run/kernel_mem_cgroup.hpp"
#include "kernel_source/run/kernel_memcg_stock.hpp"
#include "kernel_source/run/kernel_obj_stock.hpp"
#include "kernel_source/run/kernel_page_counter.hpp"
#include "kernel_source/run/kernel_page_counter_stock.hpp"
#include "kernel_source/run/kernel_slab.hpp"

namespace stockcheck::kernel_source {

/// Runs on the kernel_object that is loaded, whose platform is one for that policy.
template <atomics_policy A>
struct kernel_code {
  using atomics = A;
  using page_counter = kernel_page_counter;
  using page_counter_stock = kernel_page_counter_stock;
  using mem_cgroup = kernel_mem_cgroup;
  using one_slot_stock = kernel_one_slot_stock<A>;
  using two_slot_stock = kernel_several_slot_stock<A>;
  /// That which the kernel has.
  using newest_stock = kernel_memcg_stock<A>;
  template <class>
  using charge_path = kernel_charge_path;
  using memory_pressure = kernel_memory_pressure;
  using socket_charge = kernel_socket_charge;
  using obj_stock = kernel_obj_stock<kernel_no_page_stock<A>, false>;
  using obj_stock_over_pages = kernel_obj_stock<kernel_pages_beside_objects<A>, false>;
  using two_slot_obj_stock = kernel_obj_stock<kernel_no_page_stock<A>, true>;
  using two_slot_obj_stock_over_pages = kernel_obj_stock<kernel_pages_beside_objects<A>, true>;
  template <class, memcg::slab_batching Batching>
  using slab_charge = kernel_slab_charge_by<Batching>;
};

}  // namespace stockcheck::kernel_source
