// SPDX-License-Identifier: GPL-2.0-only
// The stocks in the counters of all memory cgroups: how they are charged and drained together.
//
// Follows "mm/memcontrol: convert memcg to use page_counter_stock", version 4 (Joshua Hahn,
// 2026-06-23): its try_charge_memcg(), drain_all_stock() and memcg_hotplug_cpu_dead(), and
// mem_cgroup_iter() of Linux 6.12, which the latter two visit groups by.
#pragma once

#include "model/kernel/cpu_mask.hpp"
#include "model/kernel/rcu.hpp"
#include "model/memcg/mem_cgroup_with_counter_stocks.hpp"
#include "model/memcg/stock_references.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

namespace stockcheck::memcg {

/// All amounts are pages. Every function may run concurrently with every other one, except where it
/// says otherwise; charging and draining a CPU in any context, the rest from tasks. Stocks do not
/// name their groups and hold no references.
template <atomics_policy A>
class counter_stocks {
 public:
  using ulong = unsigned long;
  using group = mem_cgroup_with_counter_stocks<A>;
  using references = decoupled_references<A>;
  static constexpr bool couples_references = references::are_coupled;

  /// `online` must outlive the stocks. `batch` is MEMCG_CHARGE_BATCH, 64 in the kernel.
  explicit counter_stocks(const kernel::cpu_mask<A>& online, unsigned batch = 64)
      : online_(online), batch_(batch) {
    A::label(mutex_, "stock", "percpu_charge_mutex");
  }
  counter_stocks(const counter_stocks&) = delete;
  counter_stocks& operator=(const counter_stocks&) = delete;

  /// While no task runs: the group can be linked. As an object it must outlive the stocks.
  void add(group& memcg) {
    linked_group& added = groups_.at(nr_groups_++);
    A::label(added.linked, memcg.label(), "linked");
    added.memcg = &memcg;
  }
  /// css_create(), list_add_tail_rcu(): from now on walks over the groups find it.
  // (1) Release: what was done to the group before, its stock if that came first, is seen by walks
  // that find it; pairs with (1) in tryget().
  void link(const group& memcg) { entry_of(memcg).linked.store(1, order::release); }
  /// online_css(). Walks may have found the group before: nothing keeps them from looking at a
  /// group that is not online yet.
  void come_online(group& memcg) { memcg.come_online(batch_); }

  /// What try_charge_memcg() does before it reclaims: null if the pages were charged, else the
  /// counter whose limit was hit, and nothing is charged. Memory and swap come first, as without
  /// stocks; but each counter has its own stock, which suffices or not, on a CPU that need not be
  /// the same for both.
  page_counter<A>* try_charge(group& memcg, ulong nr_pages) {
    A::expect(!memcg.is_root(), oracle::scenario, "pages of the root are not stocked");
    page_counter<A>* fail = nullptr;
    ulong nr_charged = 0;
    if (memcg.accounts_memsw() && !memcg.memsw_stock.try_charge(nr_pages, fail, nr_charged))
      return fail;
    if (memcg.memory_stock.try_charge(nr_pages, fail, nr_charged)) return nullptr;
    // Pages that came from the stock do not go back there. They were charged before, and the stock
    // does not count them any more: taking them from the counter is right for both.
    if (memcg.accounts_memsw()) memcg.memsw.uncharge(nr_pages);
    return fail;
  }

  /// drain_all_stock(): returns what the online CPUs keep of `root` and its descendants, isolated
  /// CPUs included. Does nothing while another task does so, for whatever group.
  void drain_all(const group& root) {
    if (!mutex_.try_lock()) return;  // (2) acquires: the last drain is over; pairs with (2) below.
    for_each_group(&root, [this](group& memcg) {
      for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu)
        if (online_.is_online(cpu)) memcg.drain(cpu);
    });
    mutex_.unlock();  // (2) releases: this drain is over; pairs with (2) above, in another task.
  }
  /// memcg_hotplug_cpu_dead(). A group whose references are gone is left to css_free().
  void cpu_dead(unsigned cpu) {
    for_each_group(nullptr, [cpu](group& memcg) { memcg.drain(cpu); });
  }

  /// css_release_work_fn(), a grace period, and css_free_rwork_fn(), for a group whose references
  /// are gone. Once.
  void css_free(group& memcg) {
    entry_of(memcg).linked.store(0, order::relaxed);
    // (3) Grace period: walks that found the group linked have left their read sections when it
    // ends, later ones read 0; pairs with (3) in tryget().
    rcu_.synchronize();
    memcg.free_stocks();
    memcg.free_memory();
  }

  // For reports and oracles.

  /// Meant, but nothing enforces it: see page_counter_stock.
  [[nodiscard]] ulong max_pages_per_memcg_and_cpu() const { return batch_; }
  /// What a CPU keeps of a group's memory, and of its memory and swap.
  [[nodiscard]] long pages(unsigned cpu, const group& memcg) const {
    return memcg.memory_stock.pages(cpu);
  }
  [[nodiscard]] long memsw_pages(unsigned cpu, const group& memcg) const {
    return memcg.memsw_stock.pages(cpu);
  }
  [[nodiscard]] unsigned pointers(unsigned, const group&) const { return 0; }
  /// Draining leaves nothing behind to be done later.
  [[nodiscard]] bool is_flushing(unsigned) const { return false; }

 private:
  static constexpr std::size_t max_groups = 4;
  struct linked_group {
    group* memcg = nullptr;
    typename A::template atomic<int> linked{0};
  };

  static unsigned nr_cpus() { return kernel::machine<A>::current().nr_cpus(); }
  std::span<linked_group> groups() { return std::span{groups_}.first(nr_groups_); }
  linked_group& entry_of(const group& memcg) {
    return *std::ranges::find(groups_, &memcg, &linked_group::memcg);
  }

  /// for_each_mem_cgroup_tree(), for_each_mem_cgroup() without a root: with a reference to the
  /// group while it is visited.
  template <class Visit>
  void for_each_group(const group* root, Visit visit) {
    for (linked_group& entry : groups()) {
      if (!tryget(entry, root)) continue;
      visit(*entry.memcg);
      entry.memcg->put();
    }
  }
  bool tryget(linked_group& entry, const group* root) {
    // (3) Read section: a group that is found linked has its memory until this ends, without a
    // reference; pairs with (3) in css_free().
    const typename kernel::rcu<A>::read_section section(rcu_);
    // (1) Acquire: a group that is found is seen as it was linked; pairs with (1) in link().
    if (entry.linked.load(order::acquire) == 0) return false;
    if (root != nullptr && !entry.memcg->is_descendant_of(*root)) return false;
    return entry.memcg->tryget();
  }

  const kernel::cpu_mask<A>& online_;
  unsigned batch_;
  kernel::rcu<A> rcu_;
  typename A::mutex mutex_;
  std::array<linked_group, max_groups> groups_{};
  std::size_t nr_groups_ = 0;
};

}  // namespace stockcheck::memcg
