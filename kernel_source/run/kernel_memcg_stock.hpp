// SPDX-License-Identifier: GPL-2.0-only
// The per-CPU stocks of the kernel's own mm/memcontrol.c, with the operations of
// memcg::one_slot_stock and memcg::seven_slot_stock.
#pragma once

#include "kernel_source/run/kernel_page_stock.hpp"
#include "model/memcg/seven_slot_stock.hpp"

namespace stockcheck::kernel_source {

/// The pages and the CPUs that keep them, over a policy. A scenario has one.
template <atomics_policy A>
class kernel_memcg_stock : public kernel_page_stock {
 public:
  using atomics = A;
  using percpu_work = kernel::percpu_work<A>;

  /// `online` must outlive the stock. `batch` becomes MEMCG_CHARGE_BATCH.
  explicit kernel_memcg_stock(const kernel::cpu_mask<A>& online, unsigned batch = 64)
      : kernel_page_stock(batch), cpus_(online, drains()) {}

  percpu_work& work() { return cpus_.work(); }
  /// That of objects, if they have one of their own.
  percpu_work& work_of_objects() { return cpus_.work_of_objects(); }
  kernel::rcu<A>& rcu() { return cpus_.rcu(); }
  void isolate(unsigned cpu) { cpus_.isolate(cpu); }
  void end_isolation(unsigned cpu) { cpus_.end_isolation(cpu); }

 private:
  kernel_cpus<A> cpus_;
};

/// Kernels with other stocks do not have it.
template <atomics_policy A>
class kernel_one_slot_stock : public kernel_memcg_stock<A> {
 public:
  explicit kernel_one_slot_stock(const kernel::cpu_mask<A>& online, unsigned batch = 64)
      : kernel_memcg_stock<A>(online, batch) {
    this->require_one_slot();
  }
};
template <atomics_policy A>
class kernel_several_slot_stock : public kernel_memcg_stock<A> {
 public:
  explicit kernel_several_slot_stock(const kernel::cpu_mask<A>& online, unsigned batch = 64,
                                     memcg::slot_victim = memcg::slot_victim::round_robin)
      : kernel_memcg_stock<A>(online, batch) {
    this->require_several_slots();
  }
};

}  // namespace stockcheck::kernel_source
