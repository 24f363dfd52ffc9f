// SPDX-License-Identifier: GPL-2.0-only
// memcg_stock_pcp of Linux 6.16 and later: each CPU keeps pages of up to seven memory cgroups.
//
// Follows mm/memcontrol.c of 6.18: consume_stock(), refill_stock(), drain_stock(),
// drain_stock_fully(), drain_local_memcg_stock(), drain_all_stock(), memcg_hotplug_cpu_dead().
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
#include <cstddef>
#include <cstdint>
#include <limits>

namespace stockcheck::memcg {

/// Whose slot a refill takes when all are in use.
enum class slot_victim : std::uint8_t {
  random,       ///< get_random_u32_below(), until "memcg: use round-robin victim selection"
  round_robin,  ///< from then on
};

/// The stocks of all CPUs. All amounts are pages. Every function may run concurrently with every
/// other one, in any context except where it says otherwise. `Slots` is 7 in the kernel; two behave
/// alike. References are decoupled from pages: a slot in use holds exactly one.
template <atomics_policy A, std::size_t Slots = 7>
class seven_slot_stock {
 public:
  using ulong = unsigned long;
  using group = mem_cgroup<A>;
  using references = decoupled_references<A>;
  static constexpr bool couples_references = references::are_coupled;

  /// `online` must outlive the stock. `batch` is MEMCG_CHARGE_BATCH, 64 in the kernel.
  explicit seven_slot_stock(const kernel::cpu_mask<A>& online, ulong batch = 64,
                            slot_victim victim = slot_victim::round_robin)
      : online_(online), batch_(batch), victim_(victim), stocks_(nr_cpus()) {
    // What BUILD_BUG_ON(MEMCG_CHARGE_BATCH > S8_MAX) makes sure of: a slot holds up to a batch, and
    // for a moment a second one on top.
    A::expect(2 * batch <= std::numeric_limits<std::uint8_t>::max(), oracle::scenario,
              "a batch on top of a batch does not fit in a slot",
              {{"batch", static_cast<long>(batch)}});
    A::label(mutex_, "stock", "percpu_charge_mutex");
    A::label(isolated_, "cpu", "isolated mask");
    for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu) name_fields(stocks_.on(cpu), cpu);
  }
  seven_slot_stock(const seven_slot_stock&) = delete;
  seven_slot_stock& operator=(const seven_slot_stock&) = delete;

  /// consume_stock(): takes the pages from this CPU's stock if it has that many for the group.
  bool consume(const group& memcg, ulong nr_pages) {
    if (nr_pages > batch_) return false;
    const trylock lock(lock_of());
    if (!lock.owns_lock()) return false;
    cpu_stock& stock = stocks_.this_cpu();
    for (slot& s : stock.slots) {
      if (READ_ONCE(s.cached) != &memcg) continue;
      const ulong kept = READ_ONCE(s.nr_pages);
      if (kept < nr_pages) return false;
      set_pages(s, kept - nr_pages);
      return true;
    }
    return false;
  }

  /// refill_stock(): keeps pages that are already charged to the group, or uncharges them: more
  /// than a batch, and in an interrupt that came while this CPU's stock was in use.
  void refill(group& memcg, ulong nr_pages) {
    A::expect(!memcg.is_root(), oracle::scenario, "pages of the root are not stocked");
    if (nr_pages > batch_) return memcg.uncharge(nr_pages);
    const trylock lock(lock_of());
    if (!lock.owns_lock()) return memcg.uncharge(nr_pages);
    cpu_stock& stock = stocks_.this_cpu();
    slot* empty = nullptr;
    for (slot& s : stock.slots) {
      const group* const cached = READ_ONCE(s.cached);
      if (cached == nullptr && empty == nullptr) empty = &s;
      if (cached != &memcg) continue;
      const ulong kept = READ_ONCE(s.nr_pages) + nr_pages;
      set_pages(s, kept);
      if (kept > batch_) drain(s);
      return;
    }
    if (empty == nullptr) {
      empty = &stock.slots.at(choose_victim(stock));
      drain(*empty);
    }
    references::get_cached(memcg);
    WRITE_ONCE(empty->cached, &memcg);
    set_pages(*empty, nr_pages);
  }

  /// drain_all_stock(): sees to it that CPUs which keep pages of `root` or its descendants return
  /// all they keep, whomever it belongs to. Does nothing while another drain looks at the CPUs;
  /// does not wait for those of other CPUs. From a task.
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
  void cpu_dead(unsigned cpu) { drain_fully(stocks_.on(cpu)); }

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
    ulong sum = 0;
    for (const slot& s : stocks_.on(cpu).slots)
      if (READ_ONCE(s.cached) == &memcg) sum += READ_ONCE(s.nr_pages);
    return sum;
  }
  /// How many slots of a CPU name the group.
  [[nodiscard]] unsigned pointers(unsigned cpu, const group& memcg) const {
    unsigned slots = 0;
    for (const slot& s : stocks_.on(cpu).slots)
      if (READ_ONCE(s.cached) == &memcg) ++slots;
    return slots;
  }
  [[nodiscard]] bool is_flushing(unsigned cpu) const {
    return stocks_.on(cpu).flags.load(order::relaxed) != 0;
  }

 private:
  static constexpr unsigned flushing_cached_charge = 1;

  struct slot {
    kernel::word<A, group*> cached{nullptr};
    /// A uint8_t in the kernel: see set_pages().
    kernel::word<A, unsigned> nr_pages{0};
  };
  struct cpu_stock {
    kernel::local_trylock_t<A> lock;
    std::array<slot, Slots> slots;
    typename A::template plain<unsigned> drain_idx{0};
    typename A::template atomic<unsigned> flags{0};
  };
  using trylock = kernel::local_trylock_guard<A>;

  static unsigned nr_cpus() { return kernel::machine<A>::current().nr_cpus(); }
  auto lock_of() {
    return [this](unsigned cpu) -> kernel::local_trylock_t<A>& { return stocks_.on(cpu).lock; };
  }

  /// What does not fit in the kernel's uint8_t is lost.
  static void set_pages(slot& s, ulong nr_pages) {
    WRITE_ONCE(s.nr_pages, static_cast<std::uint8_t>(nr_pages));
  }

  std::size_t choose_victim(cpu_stock& stock) {
    if (victim_ == slot_victim::random) return A::choose(Slots);
    const unsigned index = stock.drain_idx.load();
    stock.drain_idx.store(index + 1 == Slots ? 0 : index + 1);
    return index;
  }

  /// drain_stock(). The pages go back before the reference: without it the group may be gone. But
  /// the pointer goes last, which leaves others a moment to find a group that is about to be freed.
  void drain(slot& s) {
    group* const old = READ_ONCE(s.cached);
    if (old == nullptr) return;
    // Preemption is off: no grace period that begins now ends before it is on again.
    const typename kernel::rcu<A>::read_section preemption_is_off(rcu_);
    if (const ulong kept = READ_ONCE(s.nr_pages); kept != 0) {
      old->uncharge(kept);
      set_pages(s, 0);
    }
    references::put_cached(*old);
    WRITE_ONCE(s.cached, nullptr);
  }
  /// drain_stock_fully()
  void drain_fully(cpu_stock& stock) {
    for (slot& s : stock.slots) drain(s);
  }

  /// drain_local_memcg_stock(). From a task, which finds the lock free: whoever holds it cannot be
  /// preempted.
  void drain_local() {
    A::expect(kernel::in_task<A>(), oracle::scenario, "a stock is drained in an interrupt");
    const trylock lock(lock_of());
    A::expect(lock.owns_lock(), oracle::scenario, "the stock of a CPU is locked by another task");
    cpu_stock& stock = stocks_.this_cpu();
    drain_fully(stock);
    // (2) Queued work runs after the mark was set; pairs with (2) in drain_cpu().
    // (3) Relaxed, behind the full barrier with which work begins and may be queued again; pairs
    // with (3) in drain_cpu().
    stock.flags.fetch_and(~flushing_cached_charge, order::relaxed);
  }

  /// An isolated CPU is left alone, and not marked: nobody would take the mark away again
  /// ("mm/memcontrol: fix stuck FLUSHING_CACHED_CHARGE bit on isolated cpus").
  void drain_cpu(unsigned cpu, unsigned this_cpu, const group& root) {
    cpu_stock& stock = stocks_.on(cpu);
    if ((stock.flags.load(order::relaxed) & flushing_cached_charge) != 0) return;
    if (!is_drain_needed(stock, root)) return;
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
  /// is_memcg_drain_needed(): a look at slots that may be changing. A pointer and its number need
  /// not belong together.
  bool is_drain_needed(const cpu_stock& stock, const group& root) {
    const typename kernel::rcu<A>::read_section section(rcu_);
    for (const slot& s : stock.slots) {
      const group* const cached = READ_ONCE(s.cached);
      if (cached == nullptr) continue;
      if (READ_ONCE(s.nr_pages) != 0 && cached->is_descendant_of(root)) return true;
    }
    return false;
  }

  static void name_fields(cpu_stock& stock, unsigned cpu) {
    static constexpr std::array cpu_names{"stock of cpu0", "stock of cpu1", "stock of cpu2",
                                          "stock of cpu3"};
    static constexpr std::array cached_names{"cached[0]", "cached[1]", "cached[2]", "cached[3]",
                                             "cached[4]", "cached[5]", "cached[6]"};
    static constexpr std::array pages_names{"nr_pages[0]", "nr_pages[1]", "nr_pages[2]",
                                            "nr_pages[3]", "nr_pages[4]", "nr_pages[5]",
                                            "nr_pages[6]"};
    static_assert(Slots <= cached_names.size());
    const char* const name = cpu_names.at(cpu);
    for (std::size_t i = 0; i < Slots; ++i) {
      A::label(stock.slots[i].cached, name, cached_names.at(i));
      A::label(stock.slots[i].nr_pages, name, pages_names.at(i));
    }
    A::label(stock.drain_idx, name, "drain_idx");
    A::label(stock.flags, name, "flags");
  }

  const kernel::cpu_mask<A>& online_;
  ulong batch_;
  slot_victim victim_;
  // Looking at a copy needs per_cpu::on(), which is not const.
  mutable kernel::per_cpu<A, cpu_stock> stocks_;
  kernel::rcu<A> rcu_;
  kernel::percpu_work<A> work_{
      [](void* self, unsigned) { static_cast<seven_slot_stock*>(self)->drain_local(); }, this};
  typename A::mutex mutex_;
  typename A::template atomic<unsigned> isolated_{0};
};

}  // namespace stockcheck::memcg
