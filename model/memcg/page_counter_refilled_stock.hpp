// SPDX-License-Identifier: GPL-2.0-only
// The per-CPU stock of a page_counter that uncharged pages go back to.
//
// Follows version 1, the RFC, of "memcg: move stock from mem_cgroup to page_counter" (Joshua Hahn,
// 2026-04-10): page_counter_uncharge(). Version 2 dropped it.
#pragma once

#include "model/memcg/page_counter_trylock_stock.hpp"

namespace stockcheck::memcg {

/// As page_counter_trylock_stock.
template <atomics_policy A>
class page_counter_refilled_stock : public page_counter_trylock_stock<A> {
 public:
  using ulong = unsigned long;
  using page_counter_trylock_stock<A>::page_counter_trylock_stock;

  /// page_counter_uncharge(): into this CPU's stock, and from the counter what is more than a batch
  /// then. What stays is not there for other CPUs, nor for other groups below the same limit.
  void uncharge(ulong nr_pages) {
    ulong excess = nr_pages;
    this->with_stock([&](auto& kept) {
      const ulong pages = kept.load() + nr_pages;
      const ulong batch = this->batch();
      excess = pages > batch ? pages - batch : 0;
      kept.store(pages - excess);
    });
    if (excess != 0) this->counter().uncharge(excess);
  }
};

}  // namespace stockcheck::memcg
