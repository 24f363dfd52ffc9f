// SPDX-License-Identifier: GPL-2.0-only
// try_charge_memcg() of the kernel's own file, with the operations of memcg::charge_path.
#pragma once

#include "kernel_source/run/kernel_mem_cgroup.hpp"
#include "kernel_source/run/kernel_page_stock.hpp"
#include "model/memcg/charge_flags.hpp"

namespace stockcheck::kernel_source {

/// As memcg::memory_pressure.
class kernel_memory_pressure {
 public:
  kernel_memory_pressure() = default;
  kernel_memory_pressure(const kernel_memory_pressure&) = delete;
  kernel_memory_pressure& operator=(const kernel_memory_pressure&) = delete;
  virtual ~kernel_memory_pressure() = default;

  virtual unsigned long reclaim(kernel_mem_cgroup& over, unsigned long nr_pages) = 0;
  virtual bool oom_kill(kernel_mem_cgroup& over) = 0;
};

/// Without a memory_pressure no charge may block. A charge that reclaims more than `patience` times
/// is taken for one that never ends. Amounts are pages.
class kernel_charge_path {
 public:
  using ulong = unsigned long;
  using group = kernel_mem_cgroup;

  static constexpr unsigned max_reclaim_retries = 16;

  explicit kernel_charge_path(kernel_page_stock& stock, kernel_memory_pressure* pressure = nullptr,
                              unsigned retries = max_reclaim_retries, unsigned patience = 1000);

  /// 0, or -ENOMEM.
  int try_charge(group& memcg, ulong nr_pages, const memcg::charge_flags& how = {});
  /// mem_cgroup_charge_skmem(), without blocking. False if a limit refuses it.
  bool charge_socket(group& memcg, ulong nr_pages);

  // What the code asks for in the middle of a charge.
  static void** current_task();
  static unsigned retries_of_call();
  static ulong reclaim(group& over, ulong nr_pages, const explore_site* at);
  static bool oom_kill(group& over);
  static void forget_calls();

 private:
  class call;

  kernel_memory_pressure* pressure_;
  unsigned retries_;
  unsigned patience_;
};

/// A folio: 0, or -ENOMEM. As memcg::charge_folio() and memcg::uncharge_folio().
int charge_folio(kernel_charge_path& path, kernel_mem_cgroup& memcg, unsigned long nr_pages,
                 const memcg::charge_flags& how = {});
template <class Stock>
void uncharge_folio(kernel_mem_cgroup& memcg, unsigned long nr_pages) {
  memcg.uncharge(nr_pages);
  Stock::references::put_folio(memcg);
}

/// As memcg::socket_charge.
class kernel_socket_charge {
 public:
  using ulong = unsigned long;

  bool charge(kernel_charge_path& path, kernel_mem_cgroup& memcg, ulong nr_pages) {
    of_ = &memcg;
    return path.charge_socket(memcg, nr_pages);
  }
  static void uncharge(kernel_page_stock& stock, kernel_mem_cgroup& memcg, ulong nr_pages);

  /// MEMCG_SOCK of the group whose sockets they are.
  [[nodiscard]] long pages() const { return of_ == nullptr ? 0 : of_->counted(SC_SOCK); }

 private:
  kernel_mem_cgroup* of_ = nullptr;
};

}  // namespace stockcheck::kernel_source
