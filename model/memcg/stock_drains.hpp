// SPDX-License-Identifier: GPL-2.0-only
// drain_all_stock() for stocks of any content: which CPUs are asked to drain themselves.
//
// Follows mm/memcontrol.c of Linux 6.18 and "mm/memcontrol: fix stuck FLUSHING_CACHED_CHARGE bit on
// isolated cpus".
#pragma once

#include "model/kernel/cpu_mask.hpp"
#include "model/kernel/migrate.hpp"
#include "model/kernel/workqueue.hpp"

#include <array>

namespace stockcheck::memcg {

/// The mutex, the marks of the CPUs that are being drained, and the work that does it. Thread-safe.
template <atomics_policy A>
class stock_drains {
 public:
  /// Drains the stock of this CPU, and says so by done().
  using drain_function = kernel::percpu_work<A>::work_function;

  /// `online` and `stock` must outlive it.
  stock_drains(const kernel::cpu_mask<A>& online, drain_function drain_local, void* stock)
      : online_(online), drain_local_(drain_local), stock_(stock), work_(drain_local, stock) {
    A::label(mutex_, "objects", "percpu_charge_mutex");
    A::label(isolated_, "cpu", "isolated mask");
    for (unsigned cpu = 0; cpu < marks_.size(); ++cpu)
      A::label(marks_.at(cpu), names.at(cpu), "flushing");
  }
  stock_drains(const stock_drains&) = delete;
  stock_drains& operator=(const stock_drains&) = delete;

  /// Does nothing while another drain looks at the CPUs; does not wait for those of other CPUs.
  /// `is_needed(cpu)` looks at a stock that may be changing. From a task.
  template <class Needed>
  void drain_all(Needed is_needed) {
    if (!mutex_.try_lock()) return;  // (1) acquires: the last drain is over; pairs with (1) below.
    {
      const kernel::migrate_guard<A> on;
      for (unsigned cpu = 0; cpu < kernel::machine<A>::current().nr_cpus(); ++cpu)
        if (online_.is_online(cpu)) drain(cpu, on.cpu(), is_needed);
    }
    mutex_.unlock();  // (1) releases: this drain is over; pairs with (1) above, in another task.
  }
  /// This CPU has been drained.
  // (2) Queued work runs after the mark was set; pairs with (2) in drain().
  // (3) Relaxed, behind the full barrier with which work begins and may be queued again; pairs
  // with (3) in drain().
  void done(unsigned cpu) { marks_.at(cpu).store(0, order::relaxed); }

  kernel::percpu_work<A>& work() { return work_; }

  /// cpu_is_isolated(): no work is queued there.
  void isolate(unsigned cpu) { isolated_.fetch_or(1U << cpu, order::relaxed); }
  void end_isolation(unsigned cpu) { isolated_.fetch_and(~(1U << cpu), order::relaxed); }

  [[nodiscard]] bool is_flushing(unsigned cpu) const {
    return marks_.at(cpu).load(order::relaxed) != 0;
  }

 private:
  static constexpr std::array names{"objects of cpu0", "objects of cpu1", "objects of cpu2",
                                    "objects of cpu3"};

  /// An isolated CPU is left alone, and not marked: nobody would take the mark away again.
  template <class Needed>
  void drain(unsigned cpu, unsigned this_cpu, Needed& is_needed) {
    if (is_flushing(cpu) || !is_needed(cpu)) return;
    if (cpu != this_cpu && (isolated_.load(order::relaxed) >> cpu & 1U) != 0) return;
    // (3) Fully ordered: if work cleared the mark, that has begun, and schedule_on() queues it
    // anew; pairs with (3) in done().
    if (marks_.at(cpu).exchange(1, order::full) != 0) return;
    if (cpu == this_cpu) {
      drain_local_(stock_, cpu);
    } else {
      // (2) The mark is set before the work that clears it runs; pairs with (2) in done().
      work_.schedule_on(cpu);
    }
  }

  const kernel::cpu_mask<A>& online_;
  drain_function drain_local_;
  void* stock_;
  kernel::percpu_work<A> work_;
  typename A::mutex mutex_;
  std::array<typename A::template atomic<unsigned>, names.size()> marks_;
  typename A::template atomic<unsigned> isolated_{0};
};

}  // namespace stockcheck::memcg
