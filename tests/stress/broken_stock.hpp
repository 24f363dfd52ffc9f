// SPDX-License-Identifier: GPL-2.0-only
// A small per-CPU stock with a seeded defect, to see whether a stress run catches it.
#pragma once

#include "model/kernel/atomic.hpp"
#include "model/kernel/per_cpu.hpp"
#include "model/memcg/page_counter.hpp"

#include <algorithm>
#include <thread>

namespace stockcheck::stress {

enum class defect {
  none,
  refill_forgets_a_page,    ///< the surplus deposited is one page short
  batch_is_charged_twice,   ///< and deposited twice: the books agree, the stock is too large
  limit_is_ignored,         ///< exact charges do not look at it
  too_much_is_uncharged,    ///< by a drain
  free_does_not_drain,      ///< pages of the stock stay charged
  drain_loads_then_stores,  ///< not in one step
};

/// Has the operations of memcg::page_counter_stock.
template <defect Defect>
class broken_stock {
 public:
  using page_counter = memcg::page_counter<std_atomics>;

  explicit broken_stock(page_counter& counter) : counter_(counter) {}

  int alloc(unsigned batch) {
    batch_ = batch;
    stock_ = kernel::alloc_percpu<kernel::atomic_t<std_atomics>, std_atomics>();
    return 0;
  }
  void free() {
    if (stock_ == nullptr) return;
    if (Defect != defect::free_does_not_drain) drain_all();
    kernel::free_percpu(stock_);
    stock_ = nullptr;
  }

  void drain_all() {
    for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu) drain(cpu);
  }

  bool try_charge(unsigned long nr_pages, page_counter*& fail, unsigned long& nr_charged) {
    if (consume(nr_pages)) {
      nr_charged = 0;
      return true;
    }
    constexpr unsigned batches = Defect == defect::batch_is_charged_twice ? 2 : 1;
    nr_charged = batches * std::max<unsigned long>(batch_, nr_pages);
    if (nr_charged > nr_pages && counter_.try_charge(nr_charged, fail)) {
      constexpr unsigned forgotten = Defect == defect::refill_forgets_a_page ? 1 : 0;
      refill(nr_charged - nr_pages - forgotten);
      return true;
    }
    nr_charged = nr_pages;
    if (Defect != defect::limit_is_ignored) return counter_.try_charge(nr_pages, fail);
    counter_.charge(nr_pages);
    return true;
  }

  long pages(unsigned cpu) const { return stock_->on(cpu).read(); }
  unsigned long batch() const { return batch_; }

 private:
  static unsigned nr_cpus() { return kernel::machine<std_atomics>::current().nr_cpus(); }

  void drain(unsigned cpu) {
    const int taken = take_all(stock_->on(cpu));
    if (taken <= 0) return;
    constexpr unsigned long far_too_much = 1UL << 40U;
    counter_.uncharge(static_cast<unsigned long>(taken) +
                      (Defect == defect::too_much_is_uncharged ? far_too_much : 0));
  }

  static int take_all(kernel::atomic_t<std_atomics>& stock) {
    if (Defect != defect::drain_loads_then_stores) return stock.xchg(0);
    const int seen = stock.read();
    // Lets the owner of the stock run into the gap, which is rare by itself.
    for (int i = 0; i < 1000 && stock.read() == seen; ++i) std::this_thread::yield();
    stock.set(0);
    return seen;
  }

  bool consume(unsigned long nr_pages) {
    const kernel::preempt_guard<std_atomics> preempt_off;
    auto& stock = stock_->this_cpu();
    int old = stock.read();
    while (old >= 0 && static_cast<unsigned long>(old) >= nr_pages)
      if (stock.try_cmpxchg(old, old - static_cast<int>(nr_pages))) return true;
    return false;
  }
  void refill(unsigned long nr_pages) {
    const kernel::preempt_guard<std_atomics> preempt_off;
    stock_->this_cpu().add(static_cast<int>(nr_pages));
  }

  page_counter& counter_;
  kernel::per_cpu<std_atomics, kernel::atomic_t<std_atomics>>* stock_ = nullptr;
  unsigned batch_ = 0;
};

/// For stress_run.
template <defect Defect>
struct subject_with {
  using page_counter = memcg::page_counter<std_atomics>;
  using page_counter_stock = broken_stock<Defect>;
};

}  // namespace stockcheck::stress
