// SPDX-License-Identifier: GPL-2.0-only
// The per-CPU stock of a page_counter: pages already charged, kept back for the next charge.
//
// Follows "mm/page_counter: introduce per-page_counter stock" and its successors, version 4
// (Joshua Hahn, 2026-06-23): page_counter_{alloc,free,drain}_stock() and
// page_counter_try_charge_stock().
#pragma once

#include "model/kernel/atomic.hpp"
#include "model/kernel/per_cpu.hpp"
#include "model/memcg/page_counter.hpp"

#include <algorithm>

namespace stockcheck::memcg {

/// The fields `stock` and `batch` of a page_counter, and what is done with them. All amounts are
/// pages. Charging and draining may run concurrently, on any CPU; alloc() and free() may not run
/// concurrently with anything else. The counter must outlive the stock.
template <atomics_policy A>
class page_counter_stock {
 public:
  using ulong = unsigned long;

  explicit page_counter_stock(page_counter<A>& counter) : counter_(counter) {
    A::label(stock_, counter.label(), "stock");
    A::label(batch_, counter.label(), "batch");
  }

  /// page_counter_alloc_stock(). Returns 0 or -ENOMEM; without a stock every charge is exact.
  int alloc(unsigned batch) {
    auto* const allocated = kernel::alloc_percpu<kernel::atomic_t<A>, A>();
    if (allocated == nullptr) return -kernel::enomem;
    for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu)
      A::label(allocated->on(cpu), counter_.label(), stock_label(cpu));
    // Nothing orders the zeroing of the stock before its publication, nor the batch after it
    // (stock-published-plainly): the kernel charges only after css_online().
    stock_.store(allocated);
    kernel::unmarked_write(batch_, batch);
    return 0;
  }

  /// page_counter_free_stock(). The batch keeps its value, as in the patch.
  void free() {
    auto* const freed = stock_.load();
    if (freed == nullptr) return;
    for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu) drain(cpu);
    kernel::free_percpu(freed);
    stock_.store(nullptr);
  }

  /// page_counter_drain_stock(): returns what a CPU keeps to the counter and its ancestors.
  void drain(unsigned cpu) {
    auto* const stock = stock_.load();
    if (stock == nullptr) return;
    // (1) Fully ordered, as is the uncharge: every page found here was charged to the counter
    // before; pairs with (1) in refill().
    const int nr_pages = stock->on(cpu).xchg(0);
    if (nr_pages != 0) counter_.uncharge(static_cast<ulong>(nr_pages));
  }
  /// What drain_all_stock() of the series does for one counter.
  void drain_all() {
    for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu) drain(cpu);
  }

  /// page_counter_try_charge_stock(): from this CPU's stock if it suffices, else a batch, else the
  /// exact amount. `nr_charged` is what was charged to the counter: 0 for a hit. On failure nothing
  /// stays charged, `fail` is the counter whose limit was hit and `nr_charged` is untouched.
  bool try_charge(ulong nr_pages, page_counter<A>*& fail, ulong& nr_charged) {
    if (stock_.load() != nullptr) {
      if (consume(nr_pages)) {
        nr_charged = 0;
        return true;
      }
      const ulong charge = std::max<ulong>(kernel::READ_ONCE(batch_), nr_pages);
      if (charge > nr_pages && counter_.try_charge(charge, fail)) {
        // The task may be on another CPU by now; the surplus stays where it is.
        refill(charge - nr_pages);
        nr_charged = charge;
        return true;
      }
    }
    if (!counter_.try_charge(nr_pages, fail)) return false;
    nr_charged = nr_pages;
    return true;
  }

  /// Pages in the stock of a CPU; for reports and oracles.
  [[nodiscard]] long pages(unsigned cpu) const {
    auto* const stock = stock_.load();
    return stock == nullptr ? 0 : stock->on(cpu).read();
  }
  [[nodiscard]] ulong batch() const { return kernel::READ_ONCE(batch_); }

 private:
  using stock_cpus = kernel::per_cpu<A, kernel::atomic_t<A>>;

  static unsigned nr_cpus() { return kernel::machine<A>::current().nr_cpus(); }
  static const char* stock_label(unsigned cpu) {
    static constexpr std::array names{"stock[cpu0]", "stock[cpu1]", "stock[cpu2]", "stock[cpu3]"};
    return cpu < names.size() ? names.at(cpu) : "stock[cpu]";
  }

  /// Takes the pages from this CPU's stock if it has that many. A cmpxchg, because a drain from
  /// another CPU may empty the stock at any time.
  bool consume(ulong nr_pages) {
    const kernel::preempt_guard<A> preempt_off;
    auto& stock = stock_.load()->this_cpu();
    int old = stock.read();
    while (static_cast<ulong>(old) >= nr_pages)
      if (stock.try_cmpxchg(old, old - static_cast<int>(nr_pages))) return true;
    return false;
  }

  /// Deposits pages that are already charged. Nothing caps the stock at a batch.
  void refill(ulong nr_pages) {
    const kernel::preempt_guard<A> preempt_off;
    // (1) Relaxed, behind the full barrier of the charge, so that a drain that finds the pages
    // uncharges them after it; pairs with (1) in drain().
    stock_.load()->this_cpu().add(static_cast<int>(nr_pages));
  }

  page_counter<A>& counter_;
  typename A::template plain<stock_cpus*> stock_{nullptr};
  kernel::word<A, unsigned> batch_{0};
};

}  // namespace stockcheck::memcg
