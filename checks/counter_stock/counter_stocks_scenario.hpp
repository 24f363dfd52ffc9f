// SPDX-License-Identifier: GPL-2.0-only
// The base of the scenarios over counter_stocks: two groups whose counters have stocks.
#pragma once

#include "checks/charge_path/charge_path_scenario.hpp"
#include "model/memcg/counter_stocks.hpp"

namespace stockcheck::checks {

template <class S>
using counter_stocks_memcg = memcg_group<S, typename S::counter_stocks>;

/// The groups have a peak in their past. Batches of two behave as 64 do.
template <class S>
struct counter_stocks_scenario : charge_path_base<S, typename S::counter_stocks> {
  using memcg_type = counter_stocks_memcg<S>;

  explicit counter_stocks_scenario(unsigned batch, const charge_path_start& start = {})
      : charge_path_base<S, typename S::counter_stocks>(batch, start) {
    if (this->parent) add_group(*this->parent);
    add_group(this->a);
    add_group(this->b);
  }

  /// Set-up: the group can be charged and drained.
  void add_group(memcg_type& added) {
    this->stock.add(added.memcg());
    this->stock.link(added.memcg());
    this->stock.come_online(added.memcg());
  }
  /// Set-up: a CPU keeps a batch less one page of a group which nobody holds pages of.
  void fill(memcg_type& of, unsigned cpu = 0) {
    this->on_cpu(cpu, [&] {
      this->charge(of, 1, {.may_block = false});
      of.uncharge(1);
    });
  }
  /// The group is removed, without the drain that comes first: its last user may be gone.
  static void remove(memcg_type& removed) {
    removed.put_own_reference();
    removed.free_if_released();
  }
  static long usage(const memcg_type& of) { return static_cast<long>(of.memcg().memory.read()); }
};

}  // namespace stockcheck::checks
