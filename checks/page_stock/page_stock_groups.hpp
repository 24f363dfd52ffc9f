// SPDX-License-Identifier: GPL-2.0-only
// The base of the scenarios over one_slot_stock: a root and one or two groups below it.
#pragma once

#include "checks/page_stock/page_stock_scenario.hpp"
#include "model/memcg/one_slot_stock.hpp"

namespace stockcheck::checks {

/// Two groups. Batches are small: two or four pages behave as 64 do.
template <class S, class Stock>
struct stocked_pair : page_stock_scenario<S, Stock> {
  memcg_group<S, Stock> root{*this, "root"};
  memcg_group<S, Stock> a{*this, "a", &root};
  memcg_group<S, Stock> b{*this, "b", &root};

  explicit stocked_pair(unsigned batch) : page_stock_scenario<S, Stock>(batch) {
    this->peak_in_the_past(a);
    this->peak_in_the_past(b);
  }
};

/// One group.
template <class S, class Stock>
struct stocked_single : page_stock_scenario<S, Stock> {
  memcg_group<S, Stock> root{*this, "root"};
  memcg_group<S, Stock> a{*this, "a", &root};

  explicit stocked_single(unsigned batch) : page_stock_scenario<S, Stock>(batch) {
    this->peak_in_the_past(a);
  }
};

/// One group below a parent with a limit, in pages. No kernel limits the root.
template <class S>
struct one_slot_below_limit : page_stock_scenario<S, typename S::one_slot_stock> {
  using group_type = memcg_group<S, typename S::one_slot_stock>;

  group_type root{*this, "root"};
  group_type parent{*this, "p", &root};
  group_type a{*this, "a", &parent};

  one_slot_below_limit(unsigned batch, unsigned long limit)
      : page_stock_scenario<S, typename S::one_slot_stock>(batch) {
    this->peak_in_the_past(parent);
    this->peak_in_the_past(a);
    parent.set_max(limit);
  }
};

/// A softirq gives pages of a socket to the stock that the interrupted task takes from.
template <class Single>
struct uncharged_in_softirq : Single {
  uncharged_in_softirq() : Single(2) {
    this->a.charge_socket(2);
    this->template add_softirq<&uncharged_in_softirq::receive>(0, *this);
  }
  void receive() { this->a.uncharge_socket(1); }
  void task(unsigned) {
    this->a.charge(1);
    this->a.charge(1);
  }
};

/// Group a is removed and named by the empty stock of CPU 0, which gets a page of b; CPU 1 looks at
/// the stock.
template <class Base>
struct peeked_at : Base {
  peeked_at() : Base(2) {
    this->b.charge_socket(2);
    this->a.charge(1);
    this->a.charge(1);
    this->a.uncharge(1);
    this->a.put_own_reference();
  }
  void task(unsigned number) {
    switch (number) {
      case 0: free_a(); break;
      case 1: this->root.drain_all(); break;
      default: this->b.uncharge_socket(1); break;
    }
  }
  virtual void free_a() { this->a.free_if_released(); }
};

template <class S>
using one_slot_single = stocked_single<S, typename S::one_slot_stock>;
template <class S>
using one_slot_pair = stocked_pair<S, typename S::one_slot_stock>;
template <class S>
using coupled_single = stocked_single<S, typename S::coupled_one_slot_stock>;
template <class S>
using coupled_pair = stocked_pair<S, typename S::coupled_one_slot_stock>;

/// A CPU caches group b; group a, which was removed, is gone when its user has returned its page.
template <class Pair>
struct switched_out : Pair {
  using atomics = typename Pair::atomics;

  switched_out() : Pair(2) {
    this->a.charge(1);
    this->a.put_own_reference();
  }
  void task(unsigned number) {
    if (number == 0) {
      this->b.charge(1);
    } else {
      this->a.uncharge(1);
    }
  }
  void check() override {
    atomics::expect(this->a.memcg().is_freed(), oracle::references,
                    "a group that nobody uses is not freed", {{"a", this->a.memcg().references()}});
  }
};

}  // namespace stockcheck::checks
