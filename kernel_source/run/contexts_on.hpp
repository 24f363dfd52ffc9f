// SPDX-License-Identifier: GPL-2.0-only
// The contexts of the kernel's code: those of model/kernel.
#pragma once

#include "kernel_source/run/held_locks.hpp"
#include "kernel_source/run/held_signals.hpp"
#include "kernel_source/run/kernel_cpus.hpp"
#include "kernel_source/run/open_sections.hpp"
#include "kernel_source/run/platform.hpp"
#include "model/kernel/irq.hpp"
#include "model/kernel/migrate.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <optional>
#include <utility>

namespace stockcheck::kernel_source {

/// `On` says what it runs on:
///   atomics                      the policy
///   on()                         the platform
///   lock(), try_lock(), unlock() of a word that is 0 while it is free
/// As thread-safe as that is.
///
/// No grace period ends that began while preemption or interrupts were off: such a section is an
/// RCU read section as well, and so is what a handler does.
template <class On>
class contexts_on {
 public:
  static const sc_context_hooks& hooks() {
    static constexpr sc_context_hooks table{.this_cpu = this_cpu,
                                            .nr_cpus = nr_cpus,
                                            .preempt_off = preempt_off,
                                            .migration_off = migration_off,
                                            .irqs_off = irqs_off,
                                            .rcu_reader = rcu_reader,
                                            .in_task = in_task,
                                            .choose = choose,
                                            .lock = lock,
                                            .try_lock = try_lock,
                                            .unlock = unlock,
                                            .bad_local_lock = bad_local_lock,
                                            .is_online = is_online,
                                            .is_isolated = is_isolated,
                                            .queue_work = queue_work};
    return table;
  }

  /// An execution begins: the sections that the one before was in are no more.
  static void forget() {
    for (sections& of : of_tasks) of.forget();
    has_drawn_now = false;
  }
  /// Whether a random number was drawn since, each of which is a choice; and whether ever.
  static bool has_drawn() { return has_drawn_now; }
  static bool has_ever_drawn() { return has_drawn_once; }
  /// Around what a task or handler calls.
  static void begin_call() {
    if (cpus* const on = cpus::current(); on != nullptr && !in_task())
      mine().in_handler.enter(on->rcu());
  }
  static void end_call() {
    if (cpus::current() != nullptr && !in_task()) mine().in_handler.leave();
  }
  /// What the running task is in. What the kernel's code begins it ends before it returns to a
  /// scenario.
  static open_contexts open() { return mine().open(); }
  /// Ends what the running task is in and was not in then.
  static void leave_down_to(const open_contexts& then) {
    sections& of = mine();
    while (of.locks.size() > then.locks) unlock(of.locks.last(), nullptr);
    while (of.rcu_reader.depth() > then.rcu_reader) of.rcu_reader.leave();
    while (of.irqs_off.depth() > then.irqs_off) of.irqs_off.leave();
    while (of.migration_off.depth() > then.migration_off) of.migration_off.leave();
    while (of.preempt_off.depth() > then.preempt_off) of.preempt_off.leave();
  }

 private:
  using atomics = typename On::atomics;
  using machine = kernel::machine<atomics>;
  using cpus = kernel_cpus<atomics>;
  using read_section = typename kernel::rcu<atomics>::read_section;
  using implied_section = typename kernel::rcu<atomics>::implied_section;

  /// A section of that kind, and what it is besides. No scenario without CPUs waits for one.
  template <class Off>
  class implied_reader {
   public:
    explicit implied_reader(location at) : off_(at) {
      if (cpus* const on = cpus::current(); on != nullptr) reader_.emplace(on->rcu(), at);
    }

   private:
    Off off_;
    std::optional<implied_section> reader_;
  };

  /// On a cache line of its own: tasks write theirs all the time.
  struct alignas(64) sections {
    open_sections<implied_reader<kernel::preempt_guard<atomics>>> preempt_off;
    open_sections<kernel::migrate_guard<atomics>> migration_off;
    open_sections<implied_reader<kernel::irq_guard<atomics>>> irqs_off;
    open_sections<read_section> rcu_reader;
    open_sections<implied_section> in_handler;
    held_locks locks;

    void forget() {
      preempt_off.forget();
      migration_off.forget();
      irqs_off.forget();
      rcu_reader.forget();
      in_handler.forget();
      locks.forget();
    }
    [[nodiscard]] open_contexts open() const {
      return {.preempt_off = preempt_off.depth(),
              .migration_off = migration_off.depth(),
              .irqs_off = irqs_off.depth(),
              .rcu_reader = rcu_reader.depth(),
              .locks = locks.size()};
    }
  };
  inline static std::array<sections, max_running_tasks> of_tasks;
  inline static std::atomic<bool> has_drawn_now{false};
  inline static std::atomic<bool> has_drawn_once{false};

  static sections& mine() { return of_tasks.at(On::on().task()); }

  static unsigned this_cpu(const explore_site*) { return machine::current().self().where.cpu; }
  static unsigned nr_cpus() { return machine::current().nr_cpus(); }

  template <class Section, class... Arguments>
  static void begin_or_end(open_sections<Section>& of, bool begins, const explore_site* at,
                           Arguments&&... arguments) {
    On::on().perform_writes();
    if (begins) return of.enter(std::forward<Arguments>(arguments)...);
    On::on().expect(!of.is_empty(), oracle::scenario, no_section, {}, at);
    if (!of.is_empty()) of.leave();
  }
  static void preempt_off(bool begins, const explore_site* at) {
    begin_or_end(mine().preempt_off, begins, at);
  }
  static void migration_off(bool begins, const explore_site* at) {
    begin_or_end(mine().migration_off, begins, at);
  }
  static void irqs_off(bool begins, const explore_site* at) {
    begin_or_end(mine().irqs_off, begins, at);
  }
  static void rcu_reader(bool begins, const explore_site* at) {
    if (cpus* const on = present(at); on != nullptr)
      begin_or_end(mine().rcu_reader, begins, at, on->rcu());
  }
  static bool in_task() { return kernel::in_task<atomics>(); }
  static unsigned choose(unsigned number) {
    On::on().perform_writes();
    has_drawn_now = true;
    has_drawn_once = true;
    return atomics::choose(number);
  }

  static void expect_room_for_a_lock(const explore_site* at) {
    if (mine().locks.is_full())
      On::on().hooks().unsupported("the shim has no room for so many locks at once", at);
  }
  static void lock(void* lock, const explore_site* at) {
    expect_room_for_a_lock(at);
    On::lock(lock, at);
    const held_signals<atomics> undisturbed;
    mine().locks.add(lock);
  }
  static bool try_lock(void* lock, const explore_site* at) {
    expect_room_for_a_lock(at);
    const bool is_locked = On::try_lock(lock, at);
    const held_signals<atomics> undisturbed;
    if (is_locked) mine().locks.add(lock);
    return is_locked;
  }
  static void unlock(void* lock, const explore_site* at) {
    On::on().perform_writes();
    const held_signals<atomics> undisturbed;
    const bool is_held = mine().locks.remove(lock);
    On::on().expect(is_held, oracle::progress, "a lock is given back that is not held", {}, at);
    if (is_held) On::unlock(lock, at);
  }
  static void bad_local_lock(bool taken, const explore_site* at) {
    On::on().perform_writes();
    On::on().expect(false, oracle::progress, taken ? local_lock_taken_twice : local_lock_not_held,
                    {}, at);
  }

  /// Null if the scenario has nothing to do with what is asked for.
  static cpus* present(const explore_site* at) {
    On::on().perform_writes();
    cpus* const found = cpus::current();
    if (found == nullptr)
      On::on().hooks().unsupported("its code asks for CPUs or RCU, of which the scenario has none",
                                   at);
    return found;
  }
  static bool is_online(unsigned cpu, const explore_site* at) {
    const cpus* const on = present(at);
    return on == nullptr || on->is_online(cpu);
  }
  static bool is_isolated(unsigned cpu, const explore_site* at) {
    const cpus* const on = present(at);
    return on != nullptr && on->is_isolated(cpu);
  }
  static bool queue_work(unsigned cpu, void* item, const explore_site* at) {
    cpus* const on = present(at);
    return on != nullptr && on->queue(cpu, item);
  }
};

}  // namespace stockcheck::kernel_source
