// SPDX-License-Identifier: GPL-2.0-only
// The per-CPU stock of a page_counter as it was designed first: a plain number under a
// local_trylock_t, drained by work on its CPU.
//
// Follows version 3 of "memcg: move stock from mem_cgroup to page_counter" (Joshua Hahn,
// 2026-06-05), which version 4 replaced by the lockless page_counter_stock.
#pragma once

#include "model/kernel/local_lock.hpp"
#include "model/kernel/per_cpu.hpp"
#include "model/kernel/word.hpp"
#include "model/kernel/work_on_cpu.hpp"
#include "model/memcg/page_counter.hpp"

#include <algorithm>

namespace stockcheck::memcg {

/// All amounts are pages. Charging may run concurrently with everything but alloc() and free(), in
/// any context. The counter must outlive the stock.
template <atomics_policy A>
class page_counter_trylock_stock {
 public:
  using ulong = unsigned long;

  explicit page_counter_trylock_stock(page_counter<A>& counter) : counter_(counter) {
    A::label(stock_, counter.label(), "stock");
    A::label(batch_, counter.label(), "batch");
  }

  /// page_counter_alloc_stock(). Returns 0 or -ENOMEM; without a stock every charge is exact.
  int alloc(unsigned batch) {
    auto* const allocated = kernel::alloc_percpu<cpu_stock, A>();
    if (allocated == nullptr) return -kernel::enomem;
    for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu)
      A::label(allocated->on(cpu).nr_pages, counter_.label(), cpu == 0 ? "stock[cpu0]" : "stock");
    stock_.store(allocated);
    kernel::unmarked_write(batch_, batch);
    return 0;
  }
  /// page_counter_disable_stock(), when the group goes offline: a charge that begins later deposits
  /// nothing. It drains nothing either: other CPUs are at their stocks, which are not its to touch.
  /// Version 1 uncharged what it found there and left it, so that it was spent twice; version 2
  /// took it by a load and a store, between which its owner may consume it.
  void disable() {
    if (stock_.load() != nullptr) WRITE_ONCE(batch_, 0);
  }
  /// page_counter_free_stock(). Nobody charges any more.
  void free() {
    auto* const freed = stock_.load();
    if (freed == nullptr) return;
    for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu) drain(cpu);
    kernel::free_percpu(freed);
    stock_.store(nullptr);
  }

  /// page_counter_try_charge(), with a stock: as page_counter_stock::try_charge(). In an interrupt
  /// that came while the stock was in use everything is charged and nothing is kept.
  bool try_charge(ulong nr_pages, page_counter<A>*& fail, ulong& nr_charged) {
    const ulong charge = std::max<ulong>(READ_ONCE(batch_), nr_pages);
    if (consume(nr_pages)) {
      nr_charged = 0;
      return true;
    }
    if (charge > nr_pages && counter_.try_charge(charge, fail)) {
      // The task may be on another CPU by now; the surplus stays where it is.
      deposit(charge - nr_pages);
      nr_charged = charge;
      return true;
    }
    if (!counter_.try_charge(nr_pages, fail)) return false;
    nr_charged = nr_pages;
    return true;
  }

  /// page_counter_drain_stock_cpu(): what a dead CPU keeps. Nothing runs there any more, so that no
  /// lock is needed.
  void drain(unsigned cpu) {
    auto* const stock = stock_.load();
    if (stock == nullptr) return;
    if (const ulong kept = take_all(stock->on(cpu).nr_pages); kept != 0) counter_.uncharge(kept);
  }
  /// What drain_all_stock() does for one counter: each CPU drains its own stock, and the caller, a
  /// task, waits for all of them.
  void drain_all() {
    // (1) Acquire: returns after the stock of the CPU was drained, and sees it so; pairs with (1)
    // in drain_local().
    for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu) work_.call(cpu);
  }
  /// The work that drain_all() has other CPUs do.
  kernel::work_on_cpu<A>& work() { return work_; }

  /// Pages in the stock of a CPU; for reports and oracles, when nobody charges.
  [[nodiscard]] long pages(unsigned cpu) const {
    auto* const stock = stock_.load();
    return stock == nullptr ? 0 : static_cast<long>(stock->on(cpu).nr_pages.load());
  }
  [[nodiscard]] ulong batch() const { return READ_ONCE(batch_); }

 protected:
  using number = typename A::template plain<ulong>;

  /// Runs `change` on this CPU's number of pages, unless there is no stock or the context below is
  /// at it. Whether it ran.
  template <class Change>
  bool with_stock(Change change) {
    auto* const stock = stock_.load();
    if (stock == nullptr) return false;
    const trylock lock(lock_of());
    if (!lock.owns_lock()) return false;
    change(stock->this_cpu().nr_pages);
    return true;
  }
  page_counter<A>& counter() { return counter_; }

 private:
  struct cpu_stock {
    kernel::local_trylock_t<A> lock;
    number nr_pages{0};
  };
  using trylock = kernel::local_trylock_guard<A>;

  static unsigned nr_cpus() { return kernel::machine<A>::current().nr_cpus(); }
  auto lock_of() {
    return
        [this](unsigned cpu) -> kernel::local_trylock_t<A>& { return stock_.load()->on(cpu).lock; };
  }
  static ulong take_all(number& nr_pages) {
    const ulong kept = nr_pages.load();
    nr_pages.store(0);
    return kept;
  }

  bool consume(ulong nr_pages) {
    bool hit = false;
    with_stock([&](number& kept) {
      const ulong pages = kept.load();
      hit = pages >= nr_pages;
      if (hit) kept.store(pages - nr_pages);
    });
    return hit;
  }
  void deposit(ulong surplus) {
    const bool kept = with_stock([&](number& pages) { pages.store(pages.load() + surplus); });
    if (!kept) counter_.uncharge(surplus);
  }

  /// page_counter_drain_stock_local(), on the CPU that it is about. From a task, which finds the
  /// lock free: whoever holds it cannot be preempted.
  void drain_local() {
    if (stock_.load() == nullptr) return;
    ulong kept = 0;
    const bool locked = with_stock([&](number& pages) { kept = take_all(pages); });
    A::expect(locked, oracle::scenario, "the stock of a CPU is locked by another task");
    // (1) The end of the work is a release: the waiting caller sees what was done; pairs with (1)
    // in drain_all().
    if (kept != 0) counter_.uncharge(kept);
  }

  page_counter<A>& counter_;
  typename A::template plain<kernel::per_cpu<A, cpu_stock>*> stock_{nullptr};
  kernel::word<A, unsigned> batch_{0};
  kernel::work_on_cpu<A> work_{
      [](void* self) { static_cast<page_counter_trylock_stock*>(self)->drain_local(); }, this};
};

}  // namespace stockcheck::memcg
