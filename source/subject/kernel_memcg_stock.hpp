// The per-CPU stocks of the kernel's own mm/memcontrol.c, one slot each, with the operations of
// memcg::one_slot_stock.
#pragma once

#include "source/subject/kernel_cpus.hpp"
#include "source/subject/kernel_mem_cgroup.hpp"

#include <cstdint>

namespace stockcheck::source {

/// A scenario has one. Amounts are pages. Functions are the kernel's of similar names.
class kernel_memcg_stock {
 public:
  using ulong = unsigned long;
  using group = kernel_mem_cgroup;
  /// Each folio and each stock that names a group has one.
  struct references {
    static constexpr bool are_coupled = false;
    static void get_charged(group&, ulong) {}
    static void get_folio(group& memcg) { memcg.get(); }
    static void put_folio(group& memcg) { memcg.put(); }
  };
  static constexpr bool couples_references = references::are_coupled;

  /// `online` must outlive the stock. `batch` becomes MEMCG_CHARGE_BATCH.
  explicit kernel_memcg_stock(const kernel::cpu_mask<explored_atomics>& online,
                              unsigned batch = 64);
  kernel_memcg_stock(const kernel_memcg_stock&) = delete;
  kernel_memcg_stock& operator=(const kernel_memcg_stock&) = delete;

  void refill(group& memcg, ulong nr_pages);
  void drain_all(const group& root);
  void cpu_dead(unsigned cpu);

  kernel::percpu_work<explored_atomics>& work() { return cpus_.work(); }
  kernel::rcu<explored_atomics>& rcu() { return cpus_.rcu(); }
  void isolate(unsigned cpu) { cpus_.isolate(cpu); }
  void end_isolation(unsigned cpu) { cpus_.end_isolation(cpu); }

  [[nodiscard]] ulong batch() const;
  [[nodiscard]] ulong max_pages_per_memcg_and_cpu() const { return batch(); }
  /// What a CPU keeps of a group.
  [[nodiscard]] ulong pages(unsigned cpu, const group& memcg) const;
  /// 1 if the CPU's stock names the group.
  [[nodiscard]] unsigned pointers(unsigned cpu, const group& memcg) const;
  [[nodiscard]] bool is_flushing(unsigned cpu) const;
  /// A member of a CPU's struct memcg_stock_pcp.
  [[nodiscard]] static std::uint64_t number(unsigned cpu, const char* field);

 private:
  kernel_cpus cpus_;
};

}  // namespace stockcheck::source
