// SPDX-License-Identifier: GPL-2.0-only
// The byte stock of kernel objects with one slot: each CPU keeps bytes of one obj_cgroup.
//
// Follows mm/memcontrol.c of Linux 6.12: consume_obj_stock(), refill_obj_stock(),
// drain_obj_stock(), obj_stock_flush_required(), mod_objcg_state(), obj_cgroup_charge(),
// drain_local_stock(), memcg_hotplug_cpu_dead().
#pragma once

#include "model/kernel/local_lock.hpp"
#include "model/kernel/per_cpu.hpp"
#include "model/memcg/kept_statistics.hpp"
#include "model/memcg/kmem_pages.hpp"
#include "model/memcg/no_page_stock.hpp"
#include "model/memcg/stock_drains.hpp"

#include <array>

namespace stockcheck::memcg {

/// The stocks of all CPUs. Amounts are bytes unless said otherwise. Every function may run
/// concurrently with every other one; whoever passes an objcg has a reference.
///
/// The kernel keeps the bytes in one struct with a CPU's pages, with one mark and one work for
/// both. Here `PageStock` is a stock of its own, and is drained by itself.
template <atomics_policy A, class PageStock = no_page_stock<A>>
class obj_stock {
 public:
  using group = mem_cgroup<A>;
  using objcg_type = obj_cgroup<A>;
  using page_stock_type = PageStock;
  static constexpr bool root_keeps_pages = false;

  /// `online` and `pages` must outlive the stock.
  obj_stock(const kernel::cpu_mask<A>& online, PageStock& pages)
      : pages_(pages),
        stocks_(nr_cpus()),
        drains_(
            online, [](void* self, unsigned) { static_cast<obj_stock*>(self)->drain_local(); },
            this) {
    for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu) name_fields(stocks_.on(cpu), cpu);
  }
  obj_stock(const obj_stock&) = delete;
  obj_stock& operator=(const obj_stock&) = delete;

  /// consume_obj_stock(): takes the bytes from this CPU's stock if it has that many of the objcg.
  bool consume(objcg_type& objcg, unsigned bytes) {
    const locked section(*this);
    cpu_stock& stock = section.stock();
    const unsigned kept = stock.nr_bytes.load();
    if (READ_ONCE(stock.cached) != &objcg || kept < bytes) return false;
    stock.nr_bytes.store(kept - bytes);
    return true;
  }

  /// obj_cgroup_charge(): 0 or -ENOMEM. What the stock or the objcg have is left alone if it does
  /// not suffice: it may change at any time. More than a page may be in the stock for a while.
  int charge(objcg_type& objcg, unsigned bytes) {
    if (consume(objcg, bytes)) return 0;
    const unsigned part = bytes % objcg.page_size();
    const unsigned nr_pages = bytes / objcg.page_size() + (part != 0 ? 1 : 0);
    const int error = pages_.charge(objcg, nr_pages);
    if (error == 0 && part != 0) refill(objcg, objcg.page_size() - part, false);
    return error;
  }

  /// refill_obj_stock(): keeps bytes of charged pages. Whole ones are uncharged, if the caller
  /// allows it or the CPU had another objcg.
  void refill(objcg_type& objcg, unsigned bytes, bool allow_uncharge) {
    objcg_type* old = nullptr;
    unsigned nr_pages = 0;
    {
      const locked section(*this);
      cpu_stock& stock = section.stock();
      if (READ_ONCE(stock.cached) != &objcg) {
        old = replace(stock, objcg, pointer_first);
        allow_uncharge = true;
      }
      unsigned kept = stock.nr_bytes.load() + bytes;
      if (allow_uncharge && kept > objcg.page_size()) {
        nr_pages = kept / objcg.page_size();
        kept %= objcg.page_size();
      }
      stock.nr_bytes.store(kept);
    }
    if (old != nullptr) obj_cgroup_put(old);
    if (nr_pages != 0) uncharge_pages(objcg, nr_pages);
  }
  /// obj_cgroup_uncharge()
  void uncharge(objcg_type& objcg, unsigned bytes) { refill(objcg, bytes, true); }

  /// mod_objcg_state(): bytes more or less on a node. The CPU keeps them, and from now on the bytes
  /// of that objcg.
  void account(objcg_type& objcg, long bytes, unsigned nid, slab_stat idx) {
    objcg_type* old = nullptr;
    {
      const locked section(*this);
      cpu_stock& stock = section.stock();
      if (READ_ONCE(stock.cached) != &objcg) old = replace(stock, objcg, pointer_last);
      stock.statistics.add(objcg, bytes, nid, idx);
    }
    if (old != nullptr) obj_cgroup_put(old);
  }

  /// What the slab hooks do for an object, one after the other.
  int charge_and_account(objcg_type& objcg, unsigned bytes, unsigned nid, slab_stat idx) {
    const int error = charge(objcg, bytes);
    if (error == 0) account(objcg, static_cast<long>(bytes), nid, idx);
    return error;
  }
  void uncharge_and_account(objcg_type& objcg, unsigned bytes, unsigned nid, slab_stat idx) {
    uncharge(objcg, bytes);
    account(objcg, -static_cast<long>(bytes), nid, idx);
  }

  /// The half of drain_all_stock() that is about objects: see stock_drains.
  void drain_all(const group& root) {
    drains_.drain_all([&](unsigned cpu) { return is_flush_required(stocks_.on(cpu), root); });
  }
  /// memcg_hotplug_cpu_dead(): whole pages go into the stock of the CPU this runs on.
  void cpu_dead(unsigned cpu) {
    objcg_type* old = nullptr;
    {
      const locked section(*this);
      old = drain(stocks_.on(cpu));
    }
    if (old != nullptr) obj_cgroup_put(old);
  }

  /// The work items that drain_all() queues.
  kernel::percpu_work<A>& work() { return drains_.work(); }
  /// What readers of an objcg without a reference are in, and whoever frees it waits for.
  kernel::rcu<A>& rcu() { return pages_.stock().rcu(); }
  void isolate(unsigned cpu) { drains_.isolate(cpu); }
  void end_isolation(unsigned cpu) { drains_.end_isolation(cpu); }

  // For reports and oracles, when no task runs ---------------------------------------------------

  [[nodiscard]] unsigned bytes(unsigned cpu, const objcg_type& objcg) const {
    return pointers(cpu, objcg) == 0 ? 0 : stocks_.on(cpu).nr_bytes.load();
  }
  /// 1 if the CPU's stock names the objcg.
  [[nodiscard]] unsigned pointers(unsigned cpu, const objcg_type& objcg) const {
    return READ_ONCE(stocks_.on(cpu).cached) == &objcg ? 1 : 0;
  }
  /// Bytes of a statistic that were not yet added to it.
  [[nodiscard]] long stat(unsigned cpu, const objcg_type& objcg, unsigned nid,
                          slab_stat idx) const {
    return pointers(cpu, objcg) == 0 ? 0 : stocks_.on(cpu).statistics.bytes(nid, idx);
  }
  [[nodiscard]] bool is_flushing(unsigned cpu) const { return drains_.is_flushing(cpu); }

 private:
  static constexpr bool pointer_first = true;
  static constexpr bool pointer_last = false;

  /// `cached` is looked at by other CPUs, the rest is the CPU's own.
  struct cpu_stock {
    kernel::word<A, objcg_type*> cached{nullptr};
    typename A::template plain<unsigned> nr_bytes{0};
    kept_statistics<A, int> statistics;
    typename A::template plain<int> is_locked{0};
  };

  /// local_lock_irqsave(&memcg_stock.stock_lock), which protects the CPU's pages as well: whoever
  /// has it must not take it again.
  class locked {
   public:
    explicit locked(obj_stock& of) : stock_(of.stocks_.this_cpu()) {
      A::expect(stock_.is_locked.load() == 0, oracle::progress,
                "a CPU waits for the stock_lock that it has");
      stock_.is_locked.store(1);
    }
    locked(const locked&) = delete;
    locked& operator=(const locked&) = delete;
    ~locked() { stock_.is_locked.store(0); }

    [[nodiscard]] cpu_stock& stock() const { return stock_; }

   private:
    kernel::local_lock_irqsave<A> lock_;
    cpu_stock& stock_;
  };

  static unsigned nr_cpus() { return kernel::machine<A>::current().nr_cpus(); }

  /// refill_stock() takes the lock.
  void uncharge_pages(objcg_type& objcg, unsigned nr_pages) {
    const locked section(*this);
    pages_.uncharge(objcg, nr_pages);
  }

  /// From now on the stock is of this objcg, with the bytes that it has left over, which
  /// refill_obj_stock() takes behind the pointer and mod_objcg_state() before it: whoever looks at
  /// the stock meanwhile can tell. Returns what drain() returns.
  [[nodiscard]] objcg_type* replace(cpu_stock& stock, objcg_type& objcg, bool is_pointer_first) {
    objcg_type* const old = drain(stock);
    objcg.get();
    if (is_pointer_first) WRITE_ONCE(stock.cached, &objcg);
    stock.nr_bytes.store(objcg.take_charged_bytes());
    if (!is_pointer_first) WRITE_ONCE(stock.cached, &objcg);
    return old;
  }

  /// drain_obj_stock(). Returns the objcg of which the caller has to put the reference when it has
  /// the lock no more, or null: the release may take it. Nobody finds the pointer by then.
  [[nodiscard]] objcg_type* drain(cpu_stock& stock) {
    objcg_type* const old = READ_ONCE(stock.cached);
    if (old == nullptr) return nullptr;
    if (const unsigned kept = stock.nr_bytes.load(); kept != 0) {
      // Like refill_stock() with the lock held.
      if (const unsigned nr_pages = kept / old->page_size(); nr_pages != 0)
        pages_.uncharge(*old, nr_pages);
      old->add_charged_bytes(kept % old->page_size());
      stock.nr_bytes.store(0);
    }
    stock.statistics.flush(*old);
    // (1) Before the put, which is fully ordered: a read section that begins after the grace period
    // for the objcg has begun does not find it here; pairs with (1) in is_flush_required().
    WRITE_ONCE(stock.cached, nullptr);
    return old;
  }

  /// drain_local_stock()
  void drain_local() {
    A::expect(kernel::in_task<A>(), oracle::scenario, "a stock is drained in an interrupt");
    objcg_type* old = nullptr;
    {
      const locked section(*this);
      old = drain(section.stock());
      drains_.done(kernel::smp_processor_id<A>());
    }
    if (old != nullptr) obj_cgroup_put(old);
  }

  /// obj_stock_flush_required(): a look at a stock that may be changing, once.
  bool is_flush_required(const cpu_stock& stock, const group& root) {
    const typename kernel::rcu<A>::read_section section(rcu());
    // (1) Dereferenced: until the read section ends it keeps the memory of the objcg that is found;
    // pairs with (1) in drain().
    const objcg_type* const objcg = READ_ONCE(stock.cached);
    return objcg != nullptr && obj_cgroup_memcg(objcg).is_descendant_of(root);
  }

  static void name_fields(cpu_stock& stock, unsigned cpu) {
    static constexpr std::array names{"objects of cpu0", "objects of cpu1", "objects of cpu2",
                                      "objects of cpu3"};
    A::label(stock.cached, names.at(cpu), "cached");
    A::label(stock.nr_bytes, names.at(cpu), "nr_bytes");
    stock.statistics.set_label(names.at(cpu));
    A::label(stock.is_locked, names.at(cpu), "stock_lock");
  }

  kmem_pages<A, PageStock> pages_;
  // Looking at a copy needs per_cpu::on(), which is not const.
  mutable kernel::per_cpu<A, cpu_stock> stocks_;
  stock_drains<A> drains_;
};

}  // namespace stockcheck::memcg
