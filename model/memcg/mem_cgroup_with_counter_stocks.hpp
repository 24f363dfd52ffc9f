// SPDX-License-Identifier: GPL-2.0-only
// A memory cgroup whose counters have per-CPU stocks, each its own.
//
// Follows "mm/memcontrol: convert memcg to use page_counter_stock", version 4 (Joshua Hahn,
// 2026-06-23): what it adds to mem_cgroup_css_online() and mem_cgroup_free().
#pragma once

#include "model/memcg/mem_cgroup.hpp"
#include "model/memcg/page_counter_stock.hpp"

namespace stockcheck::memcg {

/// As mem_cgroup. Going offline does nothing to the stocks: they may be filled until they are
/// freed.
template <atomics_policy A>
class mem_cgroup_with_counter_stocks : public mem_cgroup<A> {
 public:
  mem_cgroup_with_counter_stocks(mem_cgroup_with_counter_stocks* parent, const char* label,
                                 bool with_memsw = false)
      : mem_cgroup<A>(parent, label, with_memsw),
        memory_stock(this->memory),
        memsw_stock(this->memsw),
        parent_(parent) {}

  page_counter_stock<A> memory_stock;
  page_counter_stock<A> memsw_stock;

  [[nodiscard]] mem_cgroup_with_counter_stocks* parent() const { return parent_; }

  /// mem_cgroup_css_online(). A stock that cannot be allocated is done without. Nobody may charge
  /// the group yet.
  void come_online(unsigned batch) {
    memory_stock.alloc(batch);
    if (this->accounts_memsw()) memsw_stock.alloc(batch);
  }
  /// Returns what a CPU keeps, from any CPU.
  void drain(unsigned cpu) {
    memory_stock.drain(cpu);
    if (this->accounts_memsw()) memsw_stock.drain(cpu);
  }
  /// mem_cgroup_free(): the references are gone, and a grace period has passed since.
  void free_stocks() {
    memory_stock.free();
    memsw_stock.free();
  }

 private:
  mem_cgroup_with_counter_stocks* parent_;
};

}  // namespace stockcheck::memcg
