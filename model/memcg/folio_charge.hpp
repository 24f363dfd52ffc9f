// SPDX-License-Identifier: GPL-2.0-only
// User pages: charging a folio to a memory cgroup, and uncharging it.
//
// Follows mem_cgroup_charge() and mem_cgroup_uncharge() of Linux 6.12.
#pragma once

#include "model/memcg/charge_path.hpp"

namespace stockcheck::memcg {

/// 0, or -ENOMEM if a limit refuses it. The caller has a reference of its own.
template <atomics_policy A, class Stock>
int charge_folio(charge_path<A, Stock>& path, typename Stock::group& memcg, unsigned long nr_pages,
                 const charge_flags& how = {}) {
  if (const int error = path.try_charge(memcg, nr_pages, how); error != 0) return error;
  Stock::references::get_folio(memcg);
  return 0;
}

/// Past the stock. The folio's reference is the last thing that goes: with it the group may go
/// (f1796544a0ca "memcg: fix use-after-free in uncharge_batch").
template <class Stock, atomics_policy A>
void uncharge_folio(mem_cgroup<A>& memcg, unsigned long nr_pages) {
  memcg.uncharge(nr_pages);
  Stock::references::put_uncharged(memcg, nr_pages);
  Stock::references::put_folio(memcg);
}

}  // namespace stockcheck::memcg
