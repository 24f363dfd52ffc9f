// SPDX-License-Identifier: GPL-2.0-only
// The byte stock of kernel objects with several slots: each CPU keeps bytes of up to five
// obj_cgroups, and the statistics of one of them.
//
// Follows mm/memcontrol.c of 2026 ("memcg: multi objcg charge support"): __consume_obj_stock(),
// __refill_obj_stock(), __account_obj_stock(), drain_obj_stock_slot(), obj_stock_flush_required(),
// obj_cgroup_charge(), memcg_hotplug_cpu_dead().
#pragma once

#include "model/kernel/local_lock.hpp"
#include "model/kernel/per_cpu.hpp"
#include "model/memcg/kept_statistics.hpp"
#include "model/memcg/kmem_pages.hpp"
#include "model/memcg/no_page_stock.hpp"
#include "model/memcg/stock_drains.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace stockcheck::memcg {

/// The stocks of all CPUs. Amounts are bytes unless said otherwise. Every function may run
/// concurrently with every other one, in any context except where it says otherwise; whoever passes
/// an objcg has a reference. `Slots` is 5 in the kernel; two behave alike.
template <atomics_policy A, class PageStock = no_page_stock<A>, std::size_t Slots = 5>
class multi_obj_stock {
 public:
  using group = mem_cgroup<A>;
  using objcg_type = obj_cgroup<A>;
  using page_stock_type = PageStock;
  static constexpr bool root_keeps_pages = true;

  /// `online` and `pages` must outlive the stock.
  multi_obj_stock(const kernel::cpu_mask<A>& online, PageStock& pages)
      : pages_(pages),
        stocks_(nr_cpus()),
        drains_(
            online,
            [](void* self, unsigned) { static_cast<multi_obj_stock*>(self)->drain_local(); },
            this) {
    for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu) name_fields(stocks_.on(cpu), cpu);
  }
  multi_obj_stock(const multi_obj_stock&) = delete;
  multi_obj_stock& operator=(const multi_obj_stock&) = delete;

  /// consume_obj_stock(): takes the bytes from this CPU's stock if it has that many of the objcg.
  bool consume(objcg_type& objcg, unsigned bytes) {
    const section locked(*this);
    return locked.stock() != nullptr && consume_from(*locked.stock(), objcg, bytes);
  }

  /// obj_cgroup_charge(): 0 or -ENOMEM. What the stock or the objcg have is left alone if it does
  /// not suffice: it may change at any time. More than a page may be in the stock for a while.
  int charge(objcg_type& objcg, unsigned bytes) {
    if (consume(objcg, bytes)) return 0;
    const int error = charge_pages(objcg, bytes);
    if (error != 0) return error;
    if (const unsigned left = remainder(objcg, bytes); left != 0) refill(objcg, left, false);
    return 0;
  }

  /// refill_obj_stock(): keeps bytes of charged pages. Whole ones are uncharged, if the caller
  /// allows it, the objcg had no slot, or they do not fit.
  void refill(objcg_type& objcg, unsigned bytes, bool allow_uncharge) {
    const section locked(*this);
    refill_into(locked.stock(), objcg, bytes, allow_uncharge);
  }
  /// obj_cgroup_uncharge()
  void uncharge(objcg_type& objcg, unsigned bytes) { refill(objcg, bytes, true); }

  /// Bytes more or less on a node. A CPU that has a slot for the objcg keeps them, until those of
  /// another one come.
  void account(objcg_type& objcg, long bytes, unsigned nid, slab_stat idx) {
    const section locked(*this);
    account_in(locked.stock(), objcg, bytes, nid, idx);
  }

  /// What the slab hooks do for an object, under the lock as far as that goes.
  int charge_and_account(objcg_type& objcg, unsigned bytes, unsigned nid, slab_stat idx) {
    {
      const section locked(*this);
      if (locked.stock() != nullptr && consume_from(*locked.stock(), objcg, bytes)) {
        account_in(locked.stock(), objcg, static_cast<long>(bytes), nid, idx);
        return 0;
      }
    }
    if (const int error = charge_pages(objcg, bytes); error != 0) return error;
    const section locked(*this);
    if (const unsigned left = remainder(objcg, bytes); left != 0)
      refill_into(locked.stock(), objcg, left, false);
    account_in(locked.stock(), objcg, static_cast<long>(bytes), nid, idx);
    return 0;
  }
  void uncharge_and_account(objcg_type& objcg, unsigned bytes, unsigned nid, slab_stat idx) {
    const section locked(*this);
    refill_into(locked.stock(), objcg, bytes, true);
    account_in(locked.stock(), objcg, -static_cast<long>(bytes), nid, idx);
  }

  /// The half of drain_all_stock() that is about objects: see stock_drains. A CPU that keeps bytes
  /// of `root` or its descendants returns those of all groups.
  void drain_all(const group& root) {
    drains_.drain_all([&](unsigned cpu) { return is_flush_required(stocks_.on(cpu), root); });
  }
  /// memcg_hotplug_cpu_dead(): nothing runs on that CPU any more, so that no lock is needed.
  void cpu_dead(unsigned cpu) { drain(stocks_.on(cpu)); }

  /// The work items that drain_all() queues.
  kernel::percpu_work<A>& work() { return drains_.work(); }
  /// What readers of an objcg without a reference are in, and whoever frees it waits for.
  kernel::rcu<A>& rcu() { return pages_.stock().rcu(); }
  void isolate(unsigned cpu) { drains_.isolate(cpu); }
  void end_isolation(unsigned cpu) { drains_.end_isolation(cpu); }

  // For reports and oracles, when no task runs ---------------------------------------------------

  [[nodiscard]] unsigned bytes(unsigned cpu, const objcg_type& objcg) const {
    unsigned sum = 0;
    for (const slot& s : stocks_.on(cpu).slots)
      if (READ_ONCE(s.cached) == &objcg) sum += s.nr_bytes.load();
    return sum;
  }
  /// How many slots of a CPU name the objcg.
  [[nodiscard]] unsigned pointers(unsigned cpu, const objcg_type& objcg) const {
    unsigned slots = 0;
    for (const slot& s : stocks_.on(cpu).slots)
      if (READ_ONCE(s.cached) == &objcg) ++slots;
    return slots;
  }
  /// Bytes of a statistic that were not yet added to it.
  [[nodiscard]] long stat(unsigned cpu, const objcg_type& objcg, unsigned nid,
                          slab_stat idx) const {
    const cpu_stock& stock = stocks_.on(cpu);
    const int index = stock.index.load();
    if (index == none) return 0;
    if (READ_ONCE(stock.slots.at(static_cast<std::size_t>(index)).cached) != &objcg) return 0;
    return stock.statistics.bytes(nid, idx);
  }
  [[nodiscard]] bool is_flushing(unsigned cpu) const { return drains_.is_flushing(cpu); }

 private:
  static constexpr int none = -1;
  static constexpr unsigned u16_max = std::numeric_limits<std::uint16_t>::max();

  /// `cached` is looked at by other CPUs, the rest is the CPU's own.
  struct slot {
    kernel::word<A, objcg_type*> cached{nullptr};
    /// A uint16_t in the kernel: see set_bytes().
    typename A::template plain<unsigned> nr_bytes{0};
  };
  struct cpu_stock {
    kernel::local_trylock_t<A> lock;
    std::array<slot, Slots> slots;
    /// Whose statistics are kept: the number of the slot.
    typename A::template plain<int> index{none};
    kept_statistics<A, std::int16_t> statistics;
    typename A::template plain<unsigned> drain_idx{0};
  };

  /// trylock_stock() and unlock_stock(). Without the stock, an interrupt does what it has to do in
  /// the objcg.
  class section {
   public:
    explicit section(multi_obj_stock& of)
        : lock_([&of](unsigned cpu) -> kernel::local_trylock_t<A>& {
            return of.stocks_.on(cpu).lock;
          }),
          stock_(lock_.owns_lock() ? &of.stocks_.this_cpu() : nullptr) {}

    [[nodiscard]] cpu_stock* stock() const { return stock_; }

   private:
    kernel::local_trylock_guard<A> lock_;
    cpu_stock* stock_;
  };

  static unsigned nr_cpus() { return kernel::machine<A>::current().nr_cpus(); }

  int charge_pages(objcg_type& objcg, unsigned bytes) {
    return pages_.charge(objcg, (bytes + objcg.page_size() - 1) / objcg.page_size());
  }
  /// Returns what the bytes leave of the pages that they are charged as.
  static unsigned remainder(const objcg_type& objcg, unsigned bytes) {
    const unsigned part = bytes % objcg.page_size();
    return part == 0 ? 0 : objcg.page_size() - part;
  }

  /// What does not fit in the kernel's uint16_t is lost.
  static void set_bytes(slot& s, unsigned bytes) {
    s.nr_bytes.store(static_cast<std::uint16_t>(bytes));
  }

  /// __consume_obj_stock()
  static bool consume_from(cpu_stock& stock, const objcg_type& objcg, unsigned bytes) {
    for (slot& s : stock.slots) {
      if (READ_ONCE(s.cached) != &objcg) continue;
      const unsigned kept = s.nr_bytes.load();
      if (kept < bytes) return false;
      set_bytes(s, kept - bytes);
      return true;
    }
    return false;
  }

  /// __refill_obj_stock(). Without a stock whole pages are uncharged and the rest is left with the
  /// objcg.
  void refill_into(cpu_stock* stock, objcg_type& objcg, unsigned bytes, bool allow_uncharge) {
    const unsigned page_size = objcg.page_size();
    unsigned nr_pages = 0;
    if (stock == nullptr) {
      nr_pages = bytes / page_size;
      objcg.add_charged_bytes(bytes % page_size);
    } else {
      slot* of = nullptr;
      slot* empty = nullptr;
      for (slot& s : stock->slots) {
        const objcg_type* const cached = READ_ONCE(s.cached);
        if (cached == nullptr && empty == nullptr) empty = &s;
        if (cached != &objcg) continue;
        of = &s;
        break;
      }
      // More than a slot holds, until it is known whether pages go.
      unsigned kept = of == nullptr ? 0 : of->nr_bytes.load();
      if (of == nullptr) {
        of = empty == nullptr ? &evict(*stock) : empty;
        objcg.get();
        kept = objcg.take_charged_bytes();
        WRITE_ONCE(of->cached, &objcg);
        allow_uncharge = true;
      }
      kept += bytes;
      if ((allow_uncharge && kept > page_size) || kept > u16_max) {
        nr_pages = kept / page_size;
        kept %= page_size;
      }
      set_bytes(*of, kept);
    }
    if (nr_pages != 0) pages_.uncharge(objcg, nr_pages);
  }

  /// Empties the slot whose turn it is.
  slot& evict(cpu_stock& stock) {
    const unsigned index = stock.drain_idx.load();
    stock.drain_idx.store(index + 1 == Slots ? 0 : index + 1);
    drain(stock, index);
    return stock.slots.at(index);
  }

  /// __account_obj_stock(). Without a stock, or a slot there, the bytes are added directly.
  static void account_in(cpu_stock* stock, objcg_type& objcg, long bytes, unsigned nid,
                         slab_stat idx) {
    const int index = stock == nullptr ? none : index_of(*stock, objcg);
    if (index == none) return objcg.mod_state(nid, idx, bytes);
    if (stock->index.load() != index) {
      flush_statistics(*stock);
      stock->index.store(index);
    }
    stock->statistics.add(objcg, bytes, nid, idx);
  }
  static int index_of(const cpu_stock& stock, const objcg_type& objcg) {
    for (std::size_t i = 0; i < Slots; ++i)
      if (READ_ONCE(stock.slots[i].cached) == &objcg) return static_cast<int>(i);
    return none;
  }
  /// drain_obj_stock_stats(): to the objcg that they are of.
  static void flush_statistics(cpu_stock& stock) {
    const int index = stock.index.load();
    if (index == none) return;
    stock.statistics.flush(*READ_ONCE(stock.slots.at(static_cast<std::size_t>(index)).cached));
    stock.index.store(none);
  }

  /// drain_obj_stock_slot(). Whole pages go past the CPU's pages, what is left goes to the objcg.
  /// The pointer goes before the reference: nobody finds it by then.
  void drain(cpu_stock& stock, std::size_t index) {
    slot& s = stock.slots.at(index);
    objcg_type* const old = READ_ONCE(s.cached);
    if (old == nullptr) return;
    if (const unsigned kept = s.nr_bytes.load(); kept != 0) {
      if (const unsigned nr_pages = kept / old->page_size(); nr_pages != 0)
        pages_.uncharge_directly(*old, nr_pages);
      old->add_charged_bytes(kept % old->page_size());
      set_bytes(s, 0);
    }
    if (stock.index.load() == static_cast<int>(index)) flush_statistics(stock);
    // (1) Before the put, which is fully ordered: a read section that begins after the grace period
    // for the objcg has begun does not find it here; pairs with (1) in is_flush_required().
    WRITE_ONCE(s.cached, nullptr);
    obj_cgroup_put(old);
  }
  /// drain_obj_stock()
  void drain(cpu_stock& stock) {
    for (std::size_t i = 0; i < Slots; ++i) drain(stock, i);
  }

  /// drain_local_obj_stock(). From a task, which finds the lock free: whoever holds it cannot be
  /// preempted.
  void drain_local() {
    A::expect(kernel::in_task<A>(), oracle::scenario, "a stock is drained in an interrupt");
    const section locked(*this);
    A::expect(locked.stock() != nullptr, oracle::scenario,
              "the stock of a CPU is locked by another task");
    drain(*locked.stock());
    drains_.done(kernel::smp_processor_id<A>());
  }

  /// obj_stock_flush_required(): a look at slots that may be changing, once each.
  bool is_flush_required(const cpu_stock& stock, const group& root) {
    const typename kernel::rcu<A>::read_section reading(rcu());
    return std::ranges::any_of(stock.slots, [&](const slot& s) {
      // (1) Dereferenced: until the read section ends it keeps the memory of the objcg that is
      // found; pairs with (1) in drain().
      const objcg_type* const objcg = READ_ONCE(s.cached);
      return objcg != nullptr && obj_cgroup_memcg(objcg).is_descendant_of(root);
    });
  }

  static void name_fields(cpu_stock& stock, unsigned cpu) {
    static constexpr std::array names{"objects of cpu0", "objects of cpu1", "objects of cpu2",
                                      "objects of cpu3"};
    static constexpr std::array cached_names{"cached[0]", "cached[1]", "cached[2]", "cached[3]",
                                             "cached[4]"};
    static constexpr std::array bytes_names{"nr_bytes[0]", "nr_bytes[1]", "nr_bytes[2]",
                                            "nr_bytes[3]", "nr_bytes[4]"};
    static_assert(Slots <= cached_names.size());
    const char* const name = names.at(cpu);
    for (std::size_t i = 0; i < Slots; ++i) {
      A::label(stock.slots[i].cached, name, cached_names.at(i));
      A::label(stock.slots[i].nr_bytes, name, bytes_names.at(i));
    }
    A::label(stock.index, name, "index");
    stock.statistics.set_label(name);
    A::label(stock.drain_idx, name, "drain_idx");
  }

  kmem_pages<A, PageStock> pages_;
  // Looking at a copy needs per_cpu::on(), which is not const.
  mutable kernel::per_cpu<A, cpu_stock> stocks_;
  stock_drains<A> drains_;
};

}  // namespace stockcheck::memcg
