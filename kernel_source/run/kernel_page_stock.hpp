// SPDX-License-Identifier: GPL-2.0-only
// The pages of the per-CPU stocks of the kernel's own mm/memcontrol.c.
#pragma once

#include "kernel_source/run/kernel_cpus.hpp"
#include "kernel_source/run/kernel_mem_cgroup.hpp"
#include "kernel_source/run/kernel_slots.hpp"
#include "model/memcg/seven_slot_stock.hpp"

namespace stockcheck::kernel_source {

/// However many slots they have. Amounts are pages. Functions are the kernel's of similar names.
class kernel_page_stock {
 public:
  using ulong = unsigned long;
  using group = kernel_mem_cgroup;
  /// Each folio and each slot that names a group has one.
  struct references {
    static constexpr bool are_coupled = false;
    static void get_charged(group&, ulong) {}
    static void get_folio(group& memcg) { memcg.get(); }
    static void put_folio(group& memcg) { memcg.put(); }
  };
  static constexpr bool couples_references = references::are_coupled;

  kernel_page_stock(const kernel_page_stock&) = delete;
  kernel_page_stock& operator=(const kernel_page_stock&) = delete;

  void refill(group& memcg, ulong nr_pages);
  void drain_all(const group& root);
  void cpu_dead(unsigned cpu);

  [[nodiscard]] ulong batch() const;
  [[nodiscard]] ulong max_pages_per_memcg_and_cpu() const { return batch(); }
  /// What a CPU keeps of a group.
  [[nodiscard]] ulong pages(unsigned cpu, const group& memcg) const;
  /// How many slots of the CPU name the group.
  [[nodiscard]] unsigned pointers(unsigned cpu, const group& memcg) const;
  [[nodiscard]] bool is_flushing(unsigned cpu) const;
  /// When slots were taken away: ends the execution if that was not done at random, or was. That
  /// says what the code did, and no name in it.
  void require_victim(memcg::slot_victim how) const;

 protected:
  /// `batch` becomes MEMCG_CHARGE_BATCH.
  explicit kernel_page_stock(unsigned batch);
  ~kernel_page_stock() = default;

  /// What the drains queue.
  static work_functions drains();
  [[nodiscard]] unsigned slots() const { return slots_.count(); }
  /// Ends the execution unless there is one slot, or unless there are several.
  void require_one_slot() const;
  void require_several_slots() const;

 private:
  kernel_slots slots_;
};

}  // namespace stockcheck::kernel_source
