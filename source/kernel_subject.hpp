// The subject "the kernel's own file": what scenarios use of it, on the exploration engine.
#pragma once

#include "model/atomics/explore_atomics.hpp"
#include "model/kernel/interruptible.hpp"
#include "source/explored_memory.hpp"
#include "source/kernel_page_counter.hpp"
#include "source/kernel_page_counter_stock.hpp"

namespace stockcheck::source {

/// Runs on the kernel_object that is loaded.
struct kernel_subject {
  using atomics = kernel::interruptible<explore_atomics>;
  using page_counter = kernel_page_counter;
  using page_counter_stock = kernel_page_counter_stock;

  static void begin_execution() { source::begin_execution(); }
};

}  // namespace stockcheck::source
