// SPDX-License-Identifier: GPL-2.0-only
// memcg_stock_pcp until Linux 6.15: each CPU keeps pages of one memory cgroup.
//
// Follows mm/memcontrol.c of 6.12: consume_stock(), refill_stock(), drain_stock(),
// drain_local_stock(), drain_all_stock(), memcg_hotplug_cpu_dead(); with coupled references that of
// 5.8. The obj_stock half is not here.
#pragma once

#include "model/kernel/cpu_mask.hpp"
#include "model/kernel/local_lock.hpp"
#include "model/kernel/migrate.hpp"
#include "model/kernel/per_cpu.hpp"
#include "model/kernel/rcu.hpp"
#include "model/kernel/word.hpp"
#include "model/kernel/workqueue.hpp"
#include "model/memcg/mem_cgroup.hpp"
#include "model/memcg/stock_references.hpp"

#include <array>

namespace stockcheck::memcg {

/// The stocks of all CPUs. All amounts are pages. Every function may run concurrently with every
/// other one, in any context except where it says otherwise. Only the CPU itself changes its stock,
/// with interrupts off; others look at it, and ask it to drain.
template <atomics_policy A, class References = decoupled_references<A>>
class one_slot_stock {
 public:
  using ulong = unsigned long;
  using group = mem_cgroup<A>;
  using references = References;
  static constexpr bool couples_references = References::are_coupled;

  /// `online` must outlive the stock. `batch` is MEMCG_CHARGE_BATCH, 64 in the kernel.
  explicit one_slot_stock(const kernel::cpu_mask<A>& online, ulong batch = 64)
      : online_(online), batch_(batch), stocks_(nr_cpus()) {
    A::label(mutex_, "stock", "percpu_charge_mutex");
    A::label(isolated_, "cpu", "isolated mask");
    for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu) name_fields(stocks_.on(cpu), cpu);
  }
  one_slot_stock(const one_slot_stock&) = delete;
  one_slot_stock& operator=(const one_slot_stock&) = delete;

  /// consume_stock(): takes the pages from this CPU's stock if it has that many of the group.
  bool consume(const group& memcg, ulong nr_pages) {
    if (nr_pages > batch_) return false;
    const kernel::local_lock_irqsave<A> lock;
    cpu_stock& stock = stocks_.this_cpu();
    const ulong kept = READ_ONCE(stock.nr_pages);
    if (READ_ONCE(stock.cached) != &memcg || kept < nr_pages) return false;
    WRITE_ONCE(stock.nr_pages, kept - nr_pages);
    return true;
  }

  /// refill_stock(): keeps pages that are already charged to the group; what the CPU kept of
  /// another group goes back. Above a batch everything does.
  void refill(group& memcg, ulong nr_pages) {
    const locked lock(rcu_);
    cpu_stock& stock = stocks_.this_cpu();
    if (READ_ONCE(stock.cached) != &memcg) {
      drain(stock);
      References::get_cached(memcg);
      WRITE_ONCE(stock.cached, &memcg);
    }
    const ulong kept = READ_ONCE(stock.nr_pages) + nr_pages;
    WRITE_ONCE(stock.nr_pages, kept);
    if (kept > batch_) drain(stock);
  }

  /// drain_all_stock(): sees to it that CPUs which keep pages of `root` or its descendants return
  /// them. Does nothing while another drain looks at the CPUs, of whatever group; does not wait for
  /// what other CPUs do. From a task.
  void drain_all(const group& root) {
    if (!mutex_.try_lock()) return;  // (1) acquires: the last drain is over; pairs with (1) below.
    {
      const kernel::migrate_guard<A> on;
      for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu)
        if (online_.is_online(cpu)) drain_cpu(cpu, on.cpu(), root);
    }
    mutex_.unlock();  // (1) releases: this drain is over; pairs with (1) above, in another task.
  }

  /// memcg_hotplug_cpu_dead(): returns what a dead CPU keeps. Nothing runs there any more, so that
  /// no lock is needed.
  void cpu_dead(unsigned cpu) { drain(stocks_.on(cpu)); }

  /// The work items that drain_all() queues.
  kernel::percpu_work<A>& work() { return work_; }
  /// What readers of a group without a reference are in, and whoever frees it waits for.
  kernel::rcu<A>& rcu() { return rcu_; }

  /// cpu_is_isolated(): no work is queued there.
  void isolate(unsigned cpu) { isolated_.fetch_or(1U << cpu, order::relaxed); }
  void end_isolation(unsigned cpu) { isolated_.fetch_and(~(1U << cpu), order::relaxed); }

  // For reports and oracles.

  [[nodiscard]] ulong batch() const { return batch_; }
  [[nodiscard]] ulong max_pages_per_memcg_and_cpu() const { return batch_; }
  /// What a CPU keeps of a group.
  [[nodiscard]] ulong pages(unsigned cpu, const group& memcg) const {
    return pointers(cpu, memcg) == 0 ? 0 : READ_ONCE(stocks_.on(cpu).nr_pages);
  }
  /// 1 if the CPU's stock names the group.
  [[nodiscard]] unsigned pointers(unsigned cpu, const group& memcg) const {
    return READ_ONCE(stocks_.on(cpu).cached) == &memcg ? 1 : 0;
  }
  [[nodiscard]] bool is_flushing(unsigned cpu) const {
    return stocks_.on(cpu).flags.load(order::relaxed) != 0;
  }

 private:
  static constexpr unsigned flushing_cached_charge = 1;

  /// A group and what is kept of it. Marked accesses, because other CPUs look at both.
  struct cpu_stock {
    kernel::word<A, group*> cached{nullptr};
    kernel::word<A, ulong> nr_pages{0};
    typename A::template atomic<unsigned> flags{0};
  };

  /// The lock of a CPU's stock where references may go. Interrupts are off: no grace period that
  /// begins meanwhile ends before they are on again.
  class locked {
   public:
    explicit locked(kernel::rcu<A>& rcu) : no_grace_period_ends_(rcu) {}

   private:
    kernel::local_lock_irqsave<A> lock_;
    typename kernel::rcu<A>::read_section no_grace_period_ends_;
  };

  static unsigned nr_cpus() { return kernel::machine<A>::current().nr_cpus(); }

  /// drain_stock(). The pages go back before the references: without them the group may be gone.
  /// But the pointer goes last, which leaves others a moment to find a group that is about to be
  /// freed.
  void drain(cpu_stock& stock) {
    group* const old = READ_ONCE(stock.cached);
    if (old == nullptr) return;
    if (const ulong kept = READ_ONCE(stock.nr_pages); kept != 0) {
      old->uncharge(kept);
      References::put_uncharged(*old, kept);
      WRITE_ONCE(stock.nr_pages, 0);
    }
    References::put_cached(*old);
    WRITE_ONCE(stock.cached, nullptr);
  }

  /// drain_local_stock()
  void drain_local() {
    A::expect(kernel::in_task<A>(), oracle::scenario, "a stock is drained in an interrupt");
    const locked lock(rcu_);
    cpu_stock& stock = stocks_.this_cpu();
    drain(stock);
    // (2) Queued work runs after the mark was set; pairs with (2) in drain_cpu().
    // (3) Relaxed, behind the full barrier with which work begins and may be queued again; pairs
    // with (3) in drain_cpu().
    stock.flags.fetch_and(~flushing_cached_charge, order::relaxed);
  }

  /// An isolated CPU is left alone, and not marked: nobody would take the mark away again
  /// ("mm/memcontrol: fix stuck FLUSHING_CACHED_CHARGE bit on isolated cpus").
  void drain_cpu(unsigned cpu, unsigned this_cpu, const group& root) {
    cpu_stock& stock = stocks_.on(cpu);
    if (!keeps_pages_below(stock, root)) return;
    if (cpu != this_cpu && (isolated_.load(order::relaxed) >> cpu & 1U) != 0) return;
    // (3) Fully ordered: if work cleared the mark, that has begun, and schedule_on() queues it
    // anew; pairs with (3) in drain_local().
    if ((stock.flags.fetch_or(flushing_cached_charge, order::full) & flushing_cached_charge) != 0)
      return;
    if (cpu == this_cpu) {
      drain_local();
    } else {
      // (2) The mark is set before the work that clears it runs; pairs with (2) in drain_local().
      work_.schedule_on(cpu);
    }
  }
  /// A look at a stock that may be changing: pointer and number need not belong together.
  bool keeps_pages_below(const cpu_stock& stock, const group& root) {
    const typename kernel::rcu<A>::read_section section(rcu_);
    const group* const cached = READ_ONCE(stock.cached);
    return cached != nullptr && READ_ONCE(stock.nr_pages) != 0 && cached->is_descendant_of(root);
  }

  static void name_fields(cpu_stock& stock, unsigned cpu) {
    static constexpr std::array names{"stock of cpu0", "stock of cpu1", "stock of cpu2",
                                      "stock of cpu3"};
    A::label(stock.cached, names.at(cpu), "cached");
    A::label(stock.nr_pages, names.at(cpu), "nr_pages");
    A::label(stock.flags, names.at(cpu), "flags");
  }

  const kernel::cpu_mask<A>& online_;
  ulong batch_;
  // Looking at a copy needs per_cpu::on(), which is not const.
  mutable kernel::per_cpu<A, cpu_stock> stocks_;
  kernel::rcu<A> rcu_;
  kernel::percpu_work<A> work_{
      [](void* self, unsigned) { static_cast<one_slot_stock*>(self)->drain_local(); }, this};
  typename A::mutex mutex_;
  typename A::template atomic<unsigned> isolated_{0};
};

}  // namespace stockcheck::memcg
