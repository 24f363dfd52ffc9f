// The base of the scenarios over one_slot_stock: a root and one or two groups below it.
#pragma once

#include "checks/memcg_stock_scenario.hpp"
#include "checks/program.hpp"

namespace stockcheck::checks {

/// Two groups. Batches are small: two or four pages behave as 64 do.
template <class S, class Stock>
struct stocked_pair : memcg_stock_scenario<S, Stock> {
  stocked_memcg<S, Stock> root{*this, "root"};
  stocked_memcg<S, Stock> a{*this, "a", &root};
  stocked_memcg<S, Stock> b{*this, "b", &root};

  explicit stocked_pair(unsigned batch) : memcg_stock_scenario<S, Stock>(batch) {
    this->peak_in_the_past(a);
    this->peak_in_the_past(b);
  }
};

/// One group.
template <class S, class Stock>
struct stocked_single : memcg_stock_scenario<S, Stock> {
  stocked_memcg<S, Stock> root{*this, "root"};
  stocked_memcg<S, Stock> a{*this, "a", &root};

  explicit stocked_single(unsigned batch) : memcg_stock_scenario<S, Stock>(batch) {
    this->peak_in_the_past(a);
  }
};

/// What a drain queues runs on a worker: a task that ends when all the others have.
template <class S, class Base>
struct with_worker : Base {
  using Base::Base;

  void has_ended() { ended_.fetch_add(1, order::release); }
  void work_until(unsigned cpu, int tasks_ended) {
    this->stock.work().work_on(cpu, [&] { return ended_.load(order::acquire) == tasks_ended; });
  }

 private:
  typename S::atomics::template atomic<int> ended_{0};
};

template <class S>
using one_slot_single = stocked_single<S, typename S::one_slot_stock>;
template <class S>
using one_slot_pair = stocked_pair<S, typename S::one_slot_stock>;
template <class S>
using coupled_single = stocked_single<S, typename S::coupled_one_slot_stock>;
template <class S>
using coupled_pair = stocked_pair<S, typename S::coupled_one_slot_stock>;

}  // namespace stockcheck::checks
