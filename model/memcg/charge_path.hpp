// SPDX-License-Identifier: GPL-2.0-only
// try_charge_memcg() of Linux 6.12, and of the patches that gave counters stocks of their own:
// charging a memory cgroup through a stock, and what is tried before a charge is refused.
#pragma once

#include "model/kernel/limits.hpp"
#include "model/memcg/charge_flags.hpp"
#include "model/memcg/mem_cgroup.hpp"

#include <algorithm>

namespace stockcheck::memcg {

/// What the rest of memory management does for a charge that hits a limit.
template <atomics_policy A>
class memory_pressure {
 public:
  memory_pressure() = default;
  memory_pressure(const memory_pressure&) = delete;
  memory_pressure& operator=(const memory_pressure&) = delete;
  virtual ~memory_pressure() = default;

  /// try_to_free_mem_cgroup_pages(): may uncharge pages of the group and its descendants. Returns
  /// how many it did.
  virtual unsigned long reclaim(mem_cgroup<A>& over, unsigned long nr_pages) = 0;
  /// mem_cgroup_oom(): whether a task was killed, whose pages may be uncharged by then.
  virtual bool oom_kill(mem_cgroup<A>& over) = 0;
};

/// A stock that charges the counters itself: each of them has one of its own.
template <class Stock>
concept charges_counters =
    requires(Stock& stock, typename Stock::group& memcg) { stock.try_charge(memcg, 1UL); };

/// `Stock` provides drain_all(), references, and either batch(), consume() and refill(), or
/// try_charge(): null, or the counter whose limit was hit. Amounts are pages.
/// Thread-safe as far as the stock and the memory_pressure are, both of which must outlive it.
/// Without a memory_pressure there is nothing to reclaim and nobody to kill: no charge may block.
///
/// Left out: events, memory.high, and charges of the root, which are none.
template <atomics_policy A, class Stock>
class charge_path {
 public:
  using ulong = unsigned long;
  using group = typename Stock::group;

  static constexpr unsigned max_reclaim_retries = 16;
  static constexpr ulong costly_size = 8;  ///< 1 << PAGE_ALLOC_COSTLY_ORDER

  /// A charge that makes more than `patience` attempts is taken for one that never ends.
  explicit charge_path(Stock& stock, memory_pressure<A>* pressure = nullptr,
                       unsigned retries = max_reclaim_retries, unsigned patience = 1000)
      : stock_(stock), pressure_(pressure), retries_(retries), patience_(patience) {}

  /// 0, or -ENOMEM: then nothing is charged. The caller has a reference.
  int try_charge(group& memcg, ulong nr_pages, const charge_flags& how = {}) {
    ulong batch = first_batch(nr_pages, how);
    progress so_far{.retries_left = retries_};
    for (unsigned attempt = 1;; ++attempt) {
      A::expect(attempt <= patience_, oracle::progress, "a charge is retried again and again",
                {{"attempts", static_cast<long>(attempt)}});
      group* const over = charge_once(memcg, nr_pages, batch);
      if (over == nullptr) return 0;
      if (batch > nr_pages) {
        batch = nr_pages;
        continue;
      }
      if (retry_makes_sense(*over, nr_pages, how, so_far)) continue;
      if (!how.no_fail && !how.memalloc) return -kernel::enomem;
      memcg.memory.charge(nr_pages);
      if (memcg.accounts_memsw()) memcg.memsw.charge(nr_pages);
      Stock::references::get_charged(memcg, nr_pages);
      return 0;
    }
  }

 private:
  struct progress {
    unsigned retries_left;
    bool drained = false;
  };

  /// Counters with stocks go from a batch to the exact amount by themselves, also where the stocks
  /// of CPUs do without a batch.
  ulong first_batch(ulong nr_pages, const charge_flags& how) const {
    if constexpr (charges_counters<Stock>) {
      return nr_pages;
    } else {
      return how.may_spin ? std::max(stock_.batch(), nr_pages) : nr_pages;
    }
  }
  /// Null if it charged, else the group whose limit was hit; then nothing is charged.
  group* charge_once(group& memcg, ulong nr_pages, ulong batch) {
    if constexpr (charges_counters<Stock>) {
      page_counter<A>* const fail = stock_.try_charge(memcg, nr_pages);
      return fail == nullptr ? nullptr : group_of(memcg, *fail);
    } else {
      if (stock_.consume(memcg, nr_pages)) return nullptr;
      if (group* const over = charge_counters(memcg, batch); over != nullptr) return over;
      Stock::references::get_charged(memcg, batch);
      // The task may be on another CPU by now: the surplus stays where it is.
      if (batch > nr_pages) stock_.refill(memcg, batch - nr_pages);
      return nullptr;
    }
  }

  /// Null if it charged, else the group whose limit was hit; then nothing is charged. Memory and
  /// swap come first, so that no charge is in one counter alone of which the larger one is full.
  static group* charge_counters(group& memcg, ulong nr_pages) {
    page_counter<A>* fail = nullptr;
    if (memcg.accounts_memsw() && !memcg.memsw.try_charge(nr_pages, fail))
      return group_of(memcg, *fail);
    if (memcg.memory.try_charge(nr_pages, fail)) return nullptr;
    if (memcg.accounts_memsw()) memcg.memsw.uncharge(nr_pages);
    return group_of(memcg, *fail);
  }
  /// mem_cgroup_from_counter()
  static group* group_of(group& memcg, const page_counter<A>& counter) {
    group* m = &memcg;
    while (&m->memory != &counter && &m->memsw != &counter) m = m->parent();
    return m;
  }

  /// What is tried when not even the exact amount can be charged.
  bool retry_makes_sense(group& over, ulong nr_pages, const charge_flags& how, progress& so_far) {
    if (pressure_ == nullptr || how.memalloc || how.in_oom || !how.may_block) return false;
    const ulong reclaimed = pressure_->reclaim(over, nr_pages);
    if (margin(over) >= nr_pages) return true;
    if (!so_far.drained) {
      // Stocks may hold what is missing. Once is enough: what the charge itself puts there fits.
      so_far.drained = true;
      stock_.drain_all(over);
      return true;
    }
    if (how.no_retry) return false;
    if (reclaimed > 0 && nr_pages <= costly_size) return true;
    if (so_far.retries_left > 0) {
      --so_far.retries_left;
      return true;
    }
    if (how.retry_may_fail || !pressure_->oom_kill(over)) return false;
    so_far.retries_left = retries_;
    return true;
  }

  /// mem_cgroup_margin(): how much more could be charged to this group alone.
  static ulong margin(const group& memcg) {
    const ulong memory = below_limit(memcg.memory);
    return memcg.accounts_memsw() ? std::min(memory, below_limit(memcg.memsw)) : memory;
  }
  static ulong below_limit(const page_counter<A>& counter) {
    const ulong usage = counter.read();
    const ulong limit = counter.max();
    return usage < limit ? limit - usage : 0;
  }

  Stock& stock_;
  memory_pressure<A>* pressure_;
  unsigned retries_;
  unsigned patience_;
};

}  // namespace stockcheck::memcg
