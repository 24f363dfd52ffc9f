// The subject "the kernel's own file": what scenarios use of it, on the exploration engine.
#pragma once

#include "source/subject/explored_memory.hpp"
#include "source/subject/kernel_charge_path.hpp"
#include "source/subject/kernel_mem_cgroup.hpp"
#include "source/subject/kernel_memcg_stock.hpp"
#include "source/subject/kernel_obj_stock.hpp"
#include "source/subject/kernel_page_counter.hpp"
#include "source/subject/kernel_page_counter_stock.hpp"
#include "source/subject/kernel_slab.hpp"

namespace stockcheck::source {

/// Runs on the kernel_object that is loaded.
struct kernel_subject {
  using atomics = explored_atomics;
  using page_counter = kernel_page_counter;
  using page_counter_stock = kernel_page_counter_stock;
  using mem_cgroup = kernel_mem_cgroup;
  using one_slot_stock = kernel_memcg_stock;
  template <class>
  using charge_path = kernel_charge_path;
  using memory_pressure = kernel_memory_pressure;
  using socket_charge = kernel_socket_charge;
  using obj_stock = kernel_obj_stock<kernel_no_page_stock>;
  using obj_stock_over_pages = kernel_obj_stock<kernel_pages_beside_objects>;
  /// As Linux 6.12 charges them.
  template <class, memcg::slab_batching>
  using slab_charge = kernel_slab_charge;

  static void begin_execution() { source::begin_execution(); }
};

}  // namespace stockcheck::source
