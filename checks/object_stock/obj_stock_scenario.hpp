// SPDX-License-Identifier: GPL-2.0-only
// The base of every scenario over the byte stocks of kernel objects: the general oracles, written
// once for every kind of stock.
#pragma once

#include "checks/base/final_state.hpp"
#include "checks/base/operation_results.hpp"
#include "checks/base/scenario.hpp"
#include "checks/base/scenario_list.hpp"
#include "checks/base/set_up.hpp"
#include "checks/object_stock/object_group.hpp"
#include "model/kernel/cpu_mask.hpp"
#include "model/kernel/machine.hpp"

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <span>

namespace stockcheck::checks {

/// As page_stock_scenario: a derived scenario declares its groups as members, parents first.
/// `Stock` is an obj_stock or a multi_obj_stock.
template <class Subject, class Stock>
class obj_stock_scenario : protected set_up<typename Subject::atomics> {
 public:
  using subject = Subject;
  using stock_type = Stock;
  using atomics = typename Subject::atomics;
  using group_type = object_group<Subject, Stock>;
  using page_stock = typename Stock::page_stock_type;
  using slab_stat = memcg::slab_stat;

  obj_stock_scenario(const obj_stock_scenario&) = delete;
  obj_stock_scenario& operator=(const obj_stock_scenario&) = delete;
  virtual ~obj_stock_scenario() = default;

  virtual void check() {}

  void settle() {
    flush_work();
    check_everything();
    write_outcome();
    check();
    for (group_type* g : objcgs()) g->release_all();
    for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu) stock.cpu_dead(cpu);
    for (group_type* g : objcgs())
      if (!g->is_offline()) g->put_own_references();
    // Pages that go come into the stock of the CPU that this runs on, even with the last reference.
    for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu) pages.cpu_dead(cpu);
    for (const group_type* g : groups()) check_gone(*g);
  }

  [[nodiscard]] const final_state& outcome() const { return outcome_; }
  [[nodiscard]] unsigned page_size() const { return page_size_; }

  kernel::cpu_mask<atomics> online{nr_cpus()};
  page_stock pages;
  Stock stock{online, pages};

 protected:
  /// `page_size` is a size in bytes that keeps the scenario small.
  explicit obj_stock_scenario(unsigned page_size)
    requires std::default_initializable<page_stock>
      : page_size_(page_size) {}
  /// Pages are charged in batches.
  obj_stock_scenario(unsigned page_size, unsigned batch)
    requires std::constructible_from<page_stock, const kernel::cpu_mask<atomics>&, unsigned>
      : pages(online, batch), page_size_(page_size) {}

  /// A result for the outcome.
  template <class T>
  T record(const char* operation, T value) {
    return results_.record(operation, value);
  }
  /// For scenarios that look at something else than how far a stock can grow.
  void waive_stock_bound() { stock_bound_ = false; }

  /// Takes a CPU down, with what the stocks do about it. No task runs there any more.
  void take_down(unsigned cpu) {
    online.take_down(cpu, [this](unsigned dead) {
      stock.cpu_dead(dead);
      pages.cpu_dead(dead);
    });
  }
  /// Body of a task on the CPU whose drain work it runs, until drainers_ended().
  void work_on(unsigned cpu) {
    stock.work().work_on(cpu, [this] { return drainers_ended_.load(order::acquire) != 0; });
  }
  void drainers_ended() { drainers_ended_.store(1, order::release); }
  /// Runs queued work on its CPU, or on another one if that is offline; for when no task runs.
  void flush_work() {
    stock.work().flush(online);
    if constexpr (requires { pages.work(); }) pages.work().flush(online);
  }

  // Exact when no task runs -----------------------------------------------------------------------

  static unsigned nr_cpus() { return kernel::machine<atomics>::current().nr_cpus(); }
  /// Returns the bytes that CPUs keep of a group's objcg.
  long stocked(const group_type& g) const {
    long bytes = 0;
    for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu) bytes += stocked_on(cpu, g);
    return bytes;
  }
  long stocked_on(unsigned cpu, const group_type& g) const {
    return static_cast<long>(stock.bytes(cpu, g.objcg()));
  }
  /// How many slots name a group's objcg.
  long slots(const group_type& g) const {
    long slots = 0;
    for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu) slots += stock.pointers(cpu, g.objcg());
    return slots;
  }

 private:
  friend group_type;

  static constexpr std::size_t max_groups = 5;
  static constexpr unsigned max_nodes = group_type::mem_cgroup::max_nodes;

  // Called by object_group ------------------------------------------------------------------------

  void add(group_type& created) { groups_.at(nr_groups_++) = &created; }

  // Oracles ---------------------------------------------------------------------------------------

  [[nodiscard]] std::span<group_type* const> groups() const {
    return std::span{groups_}.first(nr_groups_);
  }
  /// Groups with an objcg: all but the root, which comes first.
  [[nodiscard]] std::span<group_type* const> objcgs() const { return groups().subspan(1); }
  static long usage(const group_type& g) { return static_cast<long>(g.memcg().memory.read()); }

  void check_everything() const {
    for (const group_type* g : objcgs()) {
      check_stocks(*g);
      check_bytes(*g);
      check_references(*g);
    }
    for (const group_type* g : groups()) {
      // What belonged to an offline group belongs to its parent by now.
      if (g->is_offline()) continue;
      check_counter(*g);
      for (unsigned nid = 0; nid < max_nodes; ++nid)
        for (const slab_stat idx : memcg::slab_stats) check_statistic(*g, nid, idx);
    }
    for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu)
      atomics::expect(!stock.is_flushing(cpu), oracle::progress,
                      "a CPU is marked as being drained, but no drain is pending",
                      {{"cpu", static_cast<long>(cpu)}});
  }

  /// The bound is that of the comment in obj_cgroup_charge().
  void check_stocks(const group_type& g) const {
    const auto page = static_cast<long>(page_size_);
    const long bound = std::max(page, g.largest_request() + page - 2);
    for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu) {
      const long bytes = stocked_on(cpu, g);
      atomics::expect(!stock_bound_ || bytes <= bound, oracle::stock_bound,
                      "a CPU keeps more bytes than the algorithm promises",
                      {{"cpu", static_cast<long>(cpu)}, {g.label(), bytes}, {"bound", bound}});
      const unsigned slots = stock.pointers(cpu, g.objcg());
      atomics::expect(slots <= 1, oracle::stock_bound, "an objcg has two slots of one CPU",
                      {{"cpu", static_cast<long>(cpu)}});
      atomics::expect(slots == 0 || online.is_online(cpu), oracle::leak,
                      "the stock of an offline CPU keeps bytes",
                      {{"cpu", static_cast<long>(cpu)}, {g.label(), bytes}});
    }
  }

  /// Returns all bytes of charged pages: objects have some, CPUs some, and the objcg the rest.
  long all_bytes(const group_type& g) const {
    return g.bytes() + stocked(g) + (g.objcg().is_released() ? 0 : g.objcg().charged_bytes());
  }
  void check_bytes(const group_type& g) const {
    const long bytes = all_bytes(g);
    atomics::expect(bytes % static_cast<long>(page_size_) == 0, oracle::conservation,
                    "objects, stocks and what is left over are not whole pages",
                    {{g.label(), bytes},
                     {"objects", g.bytes()},
                     {"in stocks", stocked(g)},
                     {"left over", g.objcg().charged_bytes()}});
  }

  void check_counter(const group_type& g) const {
    long bytes = 0;
    long kmem = 0;
    long in_stocks = 0;
    for (const group_type* d : groups()) {
      if (!d->is_below_or_is(g)) continue;
      if (d->has_objcg()) bytes += all_bytes(*d);
      kmem += d->memcg().kmem();
      for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu)
        in_stocks += static_cast<long>(pages.pages(cpu, d->memcg()));
    }
    const long held = bytes / static_cast<long>(page_size_);
    const char* const name = g.label();
    atomics::expect(usage(g) >= 0, oracle::underflow, "usage below zero", {{name, usage(g)}});
    atomics::expect(usage(g) == held + in_stocks, oracle::conservation,
                    "usage is not what objects have and stocks keep",
                    {{name, usage(g)}, {"pages of objects", held}, {"pages in stocks", in_stocks}});
    atomics::expect(kmem == held, oracle::statistics,
                    "the statistic of kernel pages is not what objects have",
                    {{name, kmem}, {"pages of objects", held}});
    const auto max = static_cast<long>(g.memcg().memory.max());
    atomics::expect(usage(g) <= max, oracle::overcharge, "settled usage above the limit",
                    {{name, usage(g)}, {"max", max}});
  }

  void check_statistic(const group_type& g, unsigned nid, slab_stat idx) const {
    long flushed = 0;
    long cached = 0;
    long held = 0;
    for (const group_type* d : groups()) {
      if (!d->is_below_or_is(g)) continue;
      flushed += d->memcg().lruvec_state(nid, idx);
      held += d->stat(nid, idx);
      if (!d->has_objcg()) continue;
      for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu)
        cached += stock.stat(cpu, d->objcg(), nid, idx);
    }
    atomics::expect(flushed + cached == held, oracle::statistics,
                    "the slab statistic of a node is not what objects there have",
                    {{g.label(), flushed},
                     {"in stocks", cached},
                     {"objects", held},
                     {"node", static_cast<long>(nid)}});
  }

  void check_references(const group_type& g) const {
    const long own = g.is_offline() ? 0 : 1;
    const long of_objects = g.objects() + slots(g);
    atomics::expect(g.objcg().references() == own + of_objects, oracle::references,
                    "an objcg has more or fewer references than there are objects and slots",
                    {{g.objcg().label(), g.objcg().references()},
                     {"its group's", own},
                     {"others", of_objects}});
    atomics::expect(g.objcg().is_released() == (own + of_objects == 0), oracle::references,
                    "an objcg is not released exactly when its references are gone",
                    {{g.objcg().label(), own + of_objects}});
    long of_page_stocks = 0;
    for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu) of_page_stocks += pages.pointers(cpu, g.memcg());
    atomics::expect(
        g.memcg().references() == own + of_page_stocks, oracle::references,
        "a group has more or fewer references than there are users and stocks",
        {{g.label(), g.memcg().references()}, {"its own", own}, {"page stocks", of_page_stocks}});
    atomics::expect(g.memcg().is_freed() == (g.memcg().references() == 0), oracle::references,
                    "a group is not freed exactly when its references are gone",
                    {{g.label(), g.memcg().references()}});
  }

  void check_gone(const group_type& g) const {
    if (!g.is_offline())
      atomics::expect(usage(g) == 0, oracle::leak, "usage left after everything was returned",
                      {{g.label(), usage(g)}});
    if (!g.has_objcg()) return;
    atomics::expect(g.objcg().is_released(), oracle::leak,
                    "an objcg is not released although nobody uses it",
                    {{g.objcg().label(), g.objcg().references()}});
    atomics::expect(g.memcg().is_freed(), oracle::leak,
                    "a removed group is not freed although nobody uses it",
                    {{g.label(), g.memcg().references()}});
  }

  void write_outcome() {
    results_.write_to(outcome_);
    for (const group_type* g : groups()) {
      outcome_.add(g->label(), "usage", usage(*g));
      if (!g->has_objcg()) continue;
      outcome_.add(g->label(), "in stocks", stocked(*g));
      outcome_.add(g->label(), "left over", g->objcg().charged_bytes());
    }
  }

  unsigned page_size_;
  std::array<group_type*, max_groups> groups_{};
  std::size_t nr_groups_ = 0;
  operation_results<atomics> results_;
  typename atomics::template atomic<int> drainers_ended_{0};
  bool stock_bound_ = true;
  final_state outcome_;
};

}  // namespace stockcheck::checks
