// SPDX-License-Identifier: GPL-2.0-only
// Memory of sockets, charged and uncharged through the per-CPU stocks, mostly from softirqs.
//
// Follows mem_cgroup_charge_skmem() and mem_cgroup_uncharge_skmem() of Linux 6.12 (cgroup v2), and
// "mm: memcontrol: use per-cpu stocks for socket memory uncharging" (475d0487a2ad).
#pragma once

#include "model/kernel/atomic.hpp"
#include "model/memcg/charge_path.hpp"

namespace stockcheck::memcg {

/// The socket memory of one group, in pages: its sockets, each of which has a reference to the
/// group, may charge and uncharge concurrently.
template <atomics_policy A>
class socket_charge {
 public:
  using ulong = unsigned long;

  /// False if a limit refuses it.
  template <class Stock>
  bool charge(charge_path<A, Stock>& path, typename Stock::group& memcg, ulong nr_pages) {
    if (path.try_charge(memcg, nr_pages, {.may_block = false}) != 0) return false;
    sock_.add(static_cast<long>(nr_pages));
    return true;
  }
  /// The pages go into this CPU's stock, with the references that they may have: a charge will
  /// follow soon. More than a batch does not stay there. Stocks in the counters take nothing back.
  template <class Stock>
  void uncharge(Stock& stock, typename Stock::group& memcg, ulong nr_pages) {
    sock_.sub(static_cast<long>(nr_pages));
    if constexpr (charges_counters<Stock>) {
      memcg.uncharge(nr_pages);
    } else {
      stock.refill(memcg, nr_pages);
    }
  }

  /// MEMCG_SOCK. One number here, which the kernel keeps per CPU.
  [[nodiscard]] long pages() const { return sock_.read(); }

 private:
  kernel::atomic_long_t<A> sock_{0};
};

}  // namespace stockcheck::memcg
