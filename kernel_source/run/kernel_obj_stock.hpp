// SPDX-License-Identifier: GPL-2.0-only
// The byte stocks of the kernel's own file, with the operations of memcg::obj_stock.
#pragma once

#include "kernel_source/run/kernel_memcg_stock.hpp"
#include "kernel_source/run/kernel_obj_cgroup.hpp"
#include "model/kernel/machine.hpp"

#include <optional>

namespace stockcheck::kernel_source {

/// Takes the place of memcg::no_page_stock: stocks of objects that keep no page.
template <atomics_policy A>
class kernel_no_page_stock {
 public:
  using atomics = A;
  using ulong = unsigned long;

  /// The stock beside the objects.
  kernel_memcg_stock<A>& stock(const kernel::cpu_mask<A>& online) {
    return stock_.emplace(online, 0U);
  }

  // Whatever is to be done is done for the objects.
  static void drain_all(const kernel_mem_cgroup&) {}
  static void cpu_dead(unsigned) {}
  static ulong pages(unsigned, const kernel_mem_cgroup&) { return 0; }
  static unsigned pointers(unsigned, const kernel_mem_cgroup&) { return 0; }

 private:
  std::optional<kernel_memcg_stock<A>> stock_;
};

/// The pages of stocks that keep objects as well.
template <atomics_policy A>
class kernel_pages_beside_objects : public kernel_memcg_stock<A> {
 public:
  using kernel_memcg_stock<A>::kernel_memcg_stock;

  /// The stock beside the objects.
  kernel_memcg_stock<A>& stock(const kernel::cpu_mask<A>&) { return *this; }

  /// What a dead CPU has goes with its objects. But when no task runs, objects of other CPUs may
  /// have left pages with the one that this runs on.
  void cpu_dead(unsigned cpu) {
    if (kernel::machine<A>::current().is_booting()) kernel_memcg_stock<A>::cpu_dead(cpu);
  }
};

/// The objects of a stock. Amounts are bytes. Functions are the kernel's of the same name.
class kernel_objects {
 public:
  using group = kernel_mem_cgroup;
  using objcg_type = kernel_obj_cgroup;
  static constexpr bool root_keeps_pages = false;

  kernel_objects(const kernel_objects&) = delete;
  kernel_objects& operator=(const kernel_objects&) = delete;

  int charge(objcg_type& objcg, unsigned bytes);
  void uncharge(objcg_type& objcg, unsigned bytes);
  /// mod_objcg_state()
  void account(objcg_type& objcg, long bytes, unsigned nid, memcg::slab_stat idx);
  /// What the slab hooks do for an object, one after the other.
  int charge_and_account(objcg_type& objcg, unsigned bytes, unsigned nid, memcg::slab_stat idx);
  void uncharge_and_account(objcg_type& objcg, unsigned bytes, unsigned nid, memcg::slab_stat idx);

  [[nodiscard]] bool is_flushing(unsigned cpu) const;

  // For reports and oracles, when no task runs ---------------------------------------------------

  [[nodiscard]] unsigned bytes(unsigned cpu, const objcg_type& objcg) const;
  /// How many slots of the CPU name the objcg.
  [[nodiscard]] unsigned pointers(unsigned cpu, const objcg_type& objcg) const;
  /// Bytes of a statistic that were not yet added to it.
  [[nodiscard]] long stat(unsigned cpu, const objcg_type& objcg, unsigned nid,
                          memcg::slab_stat idx) const;

 protected:
  kernel_objects();
  ~kernel_objects() = default;

  /// Whether objects are drained by a work of their own, and so have a structure of their own.
  static bool have_own_work();
  /// Returns what the CPU has that this runs on.
  static void drain_local(unsigned cpu);
  [[nodiscard]] unsigned slots() const { return slots_.count(); }
  /// Ends the execution unless there is one slot, or unless there are several.
  void require_slots(bool several) const;

 private:
  [[nodiscard]] bool keeps_statistics_of(unsigned cpu, const objcg_type& objcg, unsigned nid) const;

  kernel_slots slots_;
};

/// As memcg::obj_stock, or memcg::multi_obj_stock. Kernels whose objects are kept in the other way
/// do not have it.
template <class PageStock, bool HasSeveralSlots>
class kernel_obj_stock : public kernel_objects {
 public:
  using page_stock_type = PageStock;
  using atomics = typename PageStock::atomics;

  /// Both must outlive it.
  kernel_obj_stock(const kernel::cpu_mask<atomics>& online, PageStock& pages)
      : stock_(pages.stock(online)) {
    require_slots(HasSeveralSlots);
  }

  // These functions are about pages as well as bytes.

  void drain_all(const group& root) { stock_.drain_all(root); }
  /// When no task runs nobody's death is looked at: then a CPU returns what it has, as all kernels
  /// can.
  void cpu_dead(unsigned cpu) {
    auto& on = kernel::machine<atomics>::current();
    if (!on.is_booting()) return stock_.cpu_dead(cpu);
    on.run_on(cpu, [cpu] { drain_local(cpu); });
  }
  kernel::percpu_work<atomics>& work() {
    return have_own_work() ? stock_.work_of_objects() : stock_.work();
  }
  kernel::rcu<atomics>& rcu() { return stock_.rcu(); }
  void isolate(unsigned cpu) { stock_.isolate(cpu); }
  void end_isolation(unsigned cpu) { stock_.end_isolation(cpu); }

 private:
  kernel_memcg_stock<atomics>& stock_;
};

}  // namespace stockcheck::kernel_source
