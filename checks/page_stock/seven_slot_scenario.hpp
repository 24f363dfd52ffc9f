// SPDX-License-Identifier: GPL-2.0-only
// The base of the scenarios over seven_slot_stock: two groups, and stocks with two slots.
#pragma once

#include "checks/page_stock/page_stock_scenario.hpp"
#include "model/memcg/seven_slot_stock.hpp"

namespace stockcheck::checks {

template <class S>
using two_slot_memcg = memcg_group<S, typename S::two_slot_stock>;

/// The groups have a peak in their past. Two slots behave as seven do, batches of two as 64.
template <class S>
struct two_slot_scenario : page_stock_scenario<S, typename S::two_slot_stock> {
  two_slot_memcg<S> root{*this, "root"};
  two_slot_memcg<S> a{*this, "a", &root};
  two_slot_memcg<S> b{*this, "b", &root};

  explicit two_slot_scenario(unsigned batch,
                             memcg::slot_victim victim = memcg::slot_victim::round_robin)
      : page_stock_scenario<S, typename S::two_slot_stock>(batch, victim) {
    this->peak_in_the_past(a);
    this->peak_in_the_past(b);
  }

  /// Set-up: a CPU keeps pages of a group.
  void keep(two_slot_memcg<S>& of, unsigned nr_pages, unsigned cpu = 0) {
    of.memcg().memory.charge(nr_pages);
    this->on_cpu(cpu, [&] { this->stock.refill(of.memcg(), nr_pages); });
  }
};

/// CPU 1 drains; unless a worker is there the work that it queues runs at the end.
template <class S>
struct two_slot_drain : two_slot_scenario<S> {
  explicit two_slot_drain(unsigned batch) : two_slot_scenario<S>(batch) {}

  /// Tasks on the CPU that runs its drain work meanwhile.
  void work_on(unsigned cpu) {
    this->stock.work().work_on(cpu, [this] { return drainers_ended_.load(order::acquire) != 0; });
  }
  void drain(two_slot_memcg<S>& of) {
    of.drain_all();
    drainers_ended_.store(1, order::release);
  }

 private:
  typename S::atomics::template atomic<int> drainers_ended_{0};
};

}  // namespace stockcheck::checks
