// SPDX-License-Identifier: GPL-2.0-only
// The base of the scenarios over seven_slot_stock: two groups, and stocks with two slots.
#pragma once

#include "checks/page_stock/with_worker.hpp"
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

/// A third group, for which there is no slot: a CPU keeps a page of either of the others.
template <class Base>
struct beside_third_group : Base {
  typename Base::group_type c{*this, "c", &this->root};

  template <class... Victim>
  explicit beside_third_group(Victim... victim) : Base(2, victim...) {
    this->peak_in_the_past(c);
    this->keep(this->a, 1);
    this->keep(this->b, 1);
  }
};

template <class S>
using two_slot_drain = with_worker<two_slot_scenario<S>>;

}  // namespace stockcheck::checks
