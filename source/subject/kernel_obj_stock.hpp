// The byte stocks of the kernel's own file, with the operations of memcg::obj_stock.
#pragma once

#include "model/kernel/machine.hpp"
#include "source/subject/kernel_memcg_stock.hpp"
#include "source/subject/kernel_obj_cgroup.hpp"

#include <optional>

namespace stockcheck::source {

/// Takes the place of memcg::no_page_stock: stocks of objects that keep no page.
class kernel_no_page_stock {
 public:
  using ulong = unsigned long;

  /// The stock that the objects are in.
  kernel_memcg_stock& stock(const kernel::cpu_mask<explored_atomics>& online) {
    return stock_.emplace(online, 0U);
  }

  // Whatever is to be done is done for the objects.
  static void drain_all(const kernel_mem_cgroup&) {}
  static void cpu_dead(unsigned) {}
  static ulong pages(unsigned, const kernel_mem_cgroup&) { return 0; }
  static unsigned pointers(unsigned, const kernel_mem_cgroup&) { return 0; }

 private:
  std::optional<kernel_memcg_stock> stock_;
};

/// The pages of stocks that keep objects as well.
class kernel_pages_beside_objects : public kernel_memcg_stock {
 public:
  using kernel_memcg_stock::kernel_memcg_stock;

  /// The stock that the objects are in.
  kernel_memcg_stock& stock(const kernel::cpu_mask<explored_atomics>&) { return *this; }

  /// What a dead CPU has goes with its objects. But when no task runs, objects of other CPUs may
  /// have left pages with the one that this runs on.
  void cpu_dead(unsigned cpu) {
    if (kernel::machine<explored_atomics>::current().is_booting())
      kernel_memcg_stock::cpu_dead(cpu);
  }
};

/// The objects of a stock. Amounts are bytes. Functions are the kernel's of the same name.
class kernel_objects {
 public:
  using group = kernel_mem_cgroup;
  using objcg_type = kernel_obj_cgroup;
  static constexpr bool root_keeps_pages = false;

  /// `stock` must outlive it.
  explicit kernel_objects(kernel_memcg_stock& stock) : stock_(stock) {}
  kernel_objects(const kernel_objects&) = delete;
  kernel_objects& operator=(const kernel_objects&) = delete;

  int charge(objcg_type& objcg, unsigned bytes);
  void uncharge(objcg_type& objcg, unsigned bytes);
  /// mod_objcg_state()
  void account(objcg_type& objcg, long bytes, unsigned nid, memcg::slab_stat idx);
  /// What the slab hooks do for an object, one after the other.
  int charge_and_account(objcg_type& objcg, unsigned bytes, unsigned nid, memcg::slab_stat idx);
  void uncharge_and_account(objcg_type& objcg, unsigned bytes, unsigned nid, memcg::slab_stat idx);

  /// Of pages and bytes, as everything that follows.
  void drain_all(const group& root) { stock_.drain_all(root); }
  void cpu_dead(unsigned cpu);
  kernel::percpu_work<explored_atomics>& work() { return stock_.work(); }
  kernel::rcu<explored_atomics>& rcu() { return stock_.rcu(); }
  void isolate(unsigned cpu) { stock_.isolate(cpu); }
  void end_isolation(unsigned cpu) { stock_.end_isolation(cpu); }
  [[nodiscard]] bool is_flushing(unsigned cpu) const { return stock_.is_flushing(cpu); }

  // For reports and oracles, when no task runs ---------------------------------------------------

  [[nodiscard]] unsigned bytes(unsigned cpu, const objcg_type& objcg) const;
  /// 1 if the CPU's stock names the objcg.
  [[nodiscard]] unsigned pointers(unsigned cpu, const objcg_type& objcg) const;
  /// Bytes of a statistic that were not yet added to it.
  [[nodiscard]] long stat(unsigned cpu, const objcg_type& objcg, unsigned nid,
                          memcg::slab_stat idx) const;

 private:
  kernel_memcg_stock& stock_;
};

/// As memcg::obj_stock.
template <class PageStock>
class kernel_obj_stock : public kernel_objects {
 public:
  using page_stock_type = PageStock;

  /// Both must outlive it.
  kernel_obj_stock(const kernel::cpu_mask<explored_atomics>& online, PageStock& pages)
      : kernel_objects(pages.stock(online)) {}
};

}  // namespace stockcheck::source
