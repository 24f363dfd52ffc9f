// SPDX-License-Identifier: GPL-2.0-only
// Pages of kernel memory: charged to the memory cgroup of an obj_cgroup, and uncharged.
//
// Follows obj_cgroup_charge_pages() and obj_cgroup_uncharge_pages() of Linux 6.12 and 6.18.
#pragma once

#include "model/memcg/charge_path.hpp"
#include "model/memcg/obj_cgroup.hpp"

namespace stockcheck::memcg {

/// Charges through a page stock, which must outlive it. Thread-safe as far as the stock is.
template <atomics_policy A, class PageStock>
class kmem_pages {
 public:
  using group = kmem_cgroup<A>;

  explicit kmem_pages(PageStock& stock) : stock_(stock), path_(stock) {}

  /// 0 or -ENOMEM: objects are charged where nobody may wait for reclaim.
  int charge(obj_cgroup<A>& objcg, unsigned nr_pages) {
    group& memcg = objcg.get_mem_cgroup();
    const int error = path_.try_charge(memcg, nr_pages, {.may_block = false});
    if (error == 0) memcg.mod_kmem(static_cast<long>(nr_pages));
    memcg.put();
    return error;
  }
  /// Into the stock: a charge will follow soon.
  void uncharge(obj_cgroup<A>& objcg, unsigned nr_pages) {
    group& memcg = objcg.get_mem_cgroup();
    memcg.mod_kmem(-static_cast<long>(nr_pages));
    if (objcg.uncharges(memcg)) stock_.refill(memcg, nr_pages);
    memcg.put();
  }
  /// Past the stock.
  static void uncharge_directly(obj_cgroup<A>& objcg, unsigned nr_pages) {
    group& memcg = objcg.get_mem_cgroup();
    memcg.mod_kmem(-static_cast<long>(nr_pages));
    if (objcg.uncharges(memcg)) memcg.uncharge(nr_pages);
    memcg.put();
  }

  PageStock& stock() { return stock_; }

 private:
  PageStock& stock_;
  charge_path<A, PageStock> path_;
};

}  // namespace stockcheck::memcg
