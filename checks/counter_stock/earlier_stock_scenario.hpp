// SPDX-License-Identifier: GPL-2.0-only
// The base of the scenarios over the earlier designs of page_counter_stock.
#pragma once

#include "checks/counter_stock/counter_stock_scenario.hpp"
#include "model/memcg/page_counter_refilled_stock.hpp"
#include "model/memcg/page_counter_trylock_stock.hpp"

namespace stockcheck::checks {

/// The subject with an earlier design in the place of page_counter_stock.
template <class S>
struct with_trylock_stock : S {
  using page_counter_stock = typename S::page_counter_trylock_stock;
};
template <class S>
struct with_refilled_stock : S {
  using page_counter_stock = typename S::page_counter_refilled_stock;
};

/// One group. A drain waits for the worker of CPU 0, a task of its own; no other CPU needs one.
template <class S>
struct earlier_stock_scenario : counter_stock_scenario<S> {
  explicit earlier_stock_scenario(unsigned batch) : counter_stock_scenario<S>(batch) {}

  void drain_from_cpu1() {
    this->root.drain_all();
    drained_.fetch_add(1, order::release);
  }
  void work_on_cpu0(int drains = 1) {
    this->root.stock().work().work_on(0, [&] { return drained_.load(order::acquire) == drains; });
  }
  long kept(unsigned cpu) const { return this->root.stock().pages(cpu); }

 private:
  typename S::atomics::template atomic<int> drained_{0};
};

template <class S>
using trylock_stock_scenario = earlier_stock_scenario<with_trylock_stock<S>>;
template <class S>
using refilled_stock_scenario = earlier_stock_scenario<with_refilled_stock<S>>;

}  // namespace stockcheck::checks
