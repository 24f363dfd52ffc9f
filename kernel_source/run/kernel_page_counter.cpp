// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/run/kernel_page_counter.hpp"

#include "kernel_source/source_error.hpp"

#include <fmt/format.h>

namespace stockcheck::kernel_source {

kernel_page_counter::kernel_page_counter(kernel_page_counter* parent, bool protection_support,
                                         const char* label)
    : kernel_counter(bytes.data(), label) {
  static_assert(alignof(kernel_page_counter) >= 64);
  if (table().size > bytes.size() || table().alignment > alignof(kernel_page_counter))
    throw source_error(fmt::format("struct page_counter has {} bytes aligned to {}, more than {}",
                                   table().size, table().alignment, bytes.size()));
  init(parent, protection_support);
}

bool kernel_page_counter::try_charge(ulong nr_pages, kernel_page_counter*& fail) {
  void* failed = nullptr;
  const bool charged =
      call_kernel(table().try_charge, "page_counter_try_charge()", self(), nr_pages, &failed);
  if (failed != nullptr) fail = at(failed);
  return charged;
}
void calculate_protection(kernel_page_counter& root, kernel_page_counter& counter, bool recursive) {
  call_kernel(kernel_page_counter::table().calculate_protection,
              "page_counter_calculate_protection()", root.self(), counter.self(), recursive);
}

}  // namespace stockcheck::kernel_source
