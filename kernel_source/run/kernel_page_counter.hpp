// SPDX-License-Identifier: GPL-2.0-only
// A page_counter that a scenario has by itself.
#pragma once

#include "kernel_source/run/kernel_counter.hpp"

#include <array>
#include <cstddef>

namespace stockcheck::kernel_source {

/// Memory for a structure whose size differs between kernels.
struct counter_memory {
  alignas(64) std::array<std::byte, 1024> bytes{};
};

/// The memory comes first: the address of the structure is that of its wrapper.
class kernel_page_counter : private counter_memory, public kernel_counter {
 public:
  /// page_counter_init(). `label` names the counter in reports and must outlive it.
  kernel_page_counter(kernel_page_counter* parent, bool protection_support, const char* label);

  bool try_charge(ulong nr_pages, kernel_page_counter*& fail);
  friend void calculate_protection(kernel_page_counter& root, kernel_page_counter& counter,
                                   bool recursive);

  /// The wrapper of a structure.
  static kernel_page_counter* at(void* structure) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-static-cast-downcast): memory of no other
    return static_cast<kernel_page_counter*>(reinterpret_cast<counter_memory*>(structure));
  }
};

}  // namespace stockcheck::kernel_source
