// SPDX-License-Identifier: GPL-2.0-only
// No per-CPU stock of pages: what is charged goes to the counters, and back.
#pragma once

#include "model/kernel/rcu.hpp"
#include "model/memcg/mem_cgroup.hpp"
#include "model/memcg/stock_references.hpp"

namespace stockcheck::memcg {

/// Takes the place of a page stock where the pages are not what is looked at. Amounts are pages.
/// Thread-safe.
template <atomics_policy A>
class no_page_stock {
 public:
  using ulong = unsigned long;
  using group = mem_cgroup<A>;
  using references = decoupled_references<A>;

  no_page_stock() = default;
  no_page_stock(const no_page_stock&) = delete;
  no_page_stock& operator=(const no_page_stock&) = delete;

  /// As if it were of the smallest batch: charges are of the exact amount.
  [[nodiscard]] ulong batch() const { return 0; }
  bool consume(const group&, ulong) { return false; }
  void refill(group& memcg, ulong nr_pages) { memcg.uncharge(nr_pages); }
  void drain_all(const group&) {}
  void cpu_dead(unsigned) {}
  /// None, of whatever group.
  [[nodiscard]] ulong pages(unsigned, const group&) const { return 0; }
  [[nodiscard]] unsigned pointers(unsigned, const group&) const { return 0; }

  kernel::rcu<A>& rcu() { return rcu_; }

 private:
  kernel::rcu<A> rcu_;
};

}  // namespace stockcheck::memcg
