// SPDX-License-Identifier: GPL-2.0-only
// The base of the scenarios over charge_path: a limit, and memory that can be reclaimed.
#pragma once

#include "checks/page_stock/page_stock_scenario.hpp"
#include "model/memcg/charge_path.hpp"
#include "model/memcg/one_slot_stock.hpp"
#include "model/memcg/seven_slot_stock.hpp"

#include <optional>

namespace stockcheck::checks {

/// Reclaim and OOM kills of a scenario: what they find is the checker's choice.
template <class S, class Stock>
class chosen_pressure final : public S::memory_pressure {
 public:
  using atomics = typename S::atomics;
  using mem_cgroup = typename S::mem_cgroup;

  /// From now on `pages` folios of a page each, which the group has, can be reclaimed.
  void let_reclaim(memcg_group<S, Stock>& of, int pages) {
    from_ = &of;
    reclaimable_.store(pages, order::relaxed);
  }
  /// From now on there is a task of one page to kill.
  void let_kill(memcg_group<S, Stock>& of) {
    victim_ = &of;
    killable_.store(1, order::relaxed);
  }

  unsigned long reclaim(mem_cgroup&, unsigned long) override {
    return take(reclaimable_, from_) ? 1 : 0;
  }
  bool oom_kill(mem_cgroup&) override { return take(killable_, victim_); }

 private:
  using number = typename atomics::template atomic<int>;

  static bool take(number& left, memcg_group<S, Stock>* from) {
    if (from == nullptr || atomics::choose(2) == 0) return false;
    int seen = left.load(order::relaxed);
    while (seen > 0)
      if (left.compare_exchange_strong(seen, seen - 1, order::full, order::relaxed)) {
        from->uncharge(1);
        return true;
      }
    return false;
  }

  memcg_group<S, Stock>* from_ = nullptr;
  memcg_group<S, Stock>* victim_ = nullptr;
  number reclaimable_{0};
  number killable_{0};
};

/// A scenario over charge_path says here what it begins with.
struct charge_path_start {
  bool with_memsw = false;
  /// How often a charge that fails is repeated.
  unsigned retries = 0;
  /// The limit, in pages, of a group between the root, which no kernel limits, and the others.
  std::optional<unsigned long> limit_of_parent = {};
};

/// Two groups below a root, or below a parent with a limit there.
template <class S, class Stock>
struct charge_path_base : page_stock_scenario<S, Stock> {
  using group_type = memcg_group<S, Stock>;

  group_type root;
  std::optional<group_type> parent;
  group_type a;
  group_type b;
  chosen_pressure<S, Stock> pressure;
  typename S::template charge_path<Stock> path;

  explicit charge_path_base(unsigned batch, const charge_path_start& start = {})
      : page_stock_scenario<S, Stock>(batch),
        root(*this, "root", nullptr, start.with_memsw),
        a(*this, "a", parent_of_all(start), start.with_memsw),
        b(*this, "b", parent ? &*parent : &root, start.with_memsw),
        path(this->stock, &pressure, start.retries, patience) {
    if (parent) {
      parent->set_max(*start.limit_of_parent);
      this->peak_in_the_past(*parent);
    }
    this->peak_in_the_past(a);
    this->peak_in_the_past(b);
  }

  /// A folio through the whole path. Whether it succeeded.
  bool charge(group_type& of, unsigned long nr_pages, const memcg::charge_flags& how = {}) {
    return of.charge_by(path, nr_pages, how);
  }
  /// Set-up: a group has single pages, past the stock.
  void have(group_type& of, int pages) {
    for (int page = 0; page < pages; ++page) of.charge_past_stock(1);
  }
  /// Set-up: a CPU keeps pages of a group.
  void keep(group_type& of, unsigned long nr_pages, unsigned cpu = 0) {
    of.memcg().memory.charge(nr_pages);
    if (of.memcg().accounts_memsw()) of.memcg().memsw.charge(nr_pages);
    Stock::references::get_charged(of.memcg(), nr_pages);
    this->on_cpu(cpu, [&] { this->stock.refill(of.memcg(), nr_pages); });
  }
  static void promise(bool holds, const char* what) {
    S::atomics::expect(holds, oracle::scenario, what);
  }

 private:
  /// Attempts that no charge of these scenarios needs.
  static constexpr unsigned patience = 12;

  group_type* parent_of_all(const charge_path_start& start) {
    if (!start.limit_of_parent) return &root;
    return &parent.emplace(*this, "p", &root, start.with_memsw);
  }
};

/// The newest stock that the subject has: it may say itself which that is.
template <class S>
struct newest_stock {
  using type = typename S::two_slot_stock;
};
template <class S>
  requires requires { typename S::newest_stock; }
struct newest_stock<S> {
  using type = typename S::newest_stock;
};

template <class S>
using charge_path_scenario = charge_path_base<S, typename newest_stock<S>::type>;

}  // namespace stockcheck::checks
