// SPDX-License-Identifier: GPL-2.0-only
// The stocks that a patched kernel gives its page_counters, with the operations of
// memcg::page_counter_stock.
#pragma once

#include "kernel_source/run/kernel_page_counter.hpp"

namespace stockcheck::kernel_source {

/// Amounts are pages. On a kernel without such stocks it is one that was never allocated.
class kernel_page_counter_stock {
 public:
  using ulong = unsigned long;

  explicit kernel_page_counter_stock(kernel_page_counter& counter) : counter_(counter) {}

  int alloc(unsigned batch);
  void free();
  void drain(unsigned cpu);
  void drain_all();
  bool try_charge(ulong nr_pages, kernel_page_counter*& fail, ulong& nr_charged);

  /// What a CPU keeps.
  [[nodiscard]] long pages(unsigned cpu) const;
  [[nodiscard]] ulong batch() const;

 private:
  kernel_page_counter& counter_;
};

}  // namespace stockcheck::kernel_source
