// SPDX-License-Identifier: GPL-2.0-only
// The base of every scenario over the per-CPU stocks of memory cgroups: the general oracles,
// written once for every kind of stock.
#pragma once

#include "checks/base/final_state.hpp"
#include "checks/base/operation_results.hpp"
#include "checks/base/scenario.hpp"
#include "checks/base/scenario_list.hpp"
#include "checks/base/set_up.hpp"
#include "checks/page_stock/memcg_group.hpp"
#include "model/kernel/cpu_mask.hpp"
#include "model/kernel/machine.hpp"

#include <array>
#include <cstddef>
#include <span>

namespace stockcheck::checks {

/// As counter_scenario, for the stocks of memory cgroups: a derived scenario declares its groups as
/// members, parents first. `Stock` has what charge_path wants, cpu_dead() and maybe work(), and
/// for the oracles batch(), pages(), pointers(), is_flushing(), max_pages_per_memcg_and_cpu() and
/// couples_references.
template <class Subject, class Stock>
class page_stock_scenario : protected set_up<typename Subject::atomics> {
 public:
  using atomics = typename Subject::atomics;
  using group_type = memcg_group<Subject, Stock>;

  page_stock_scenario(const page_stock_scenario&) = delete;
  page_stock_scenario& operator=(const page_stock_scenario&) = delete;
  virtual ~page_stock_scenario() = default;

  virtual void check() {}

  void settle() {
    flush_work();
    check_everything();
    write_outcome();
    check();
    for (group_type* g : groups()) g->release_all();
    for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu) stock.cpu_dead(cpu);
    for (group_type* g : groups())
      if (!g->is_offline()) g->put_own_reference();
    if constexpr (groups_own_stocks)
      for (group_type* g : groups())
        if (!g->memcg().is_root()) g->free_if_released();
    for (const group_type* g : groups()) check_gone(*g);
  }

  [[nodiscard]] const final_state& outcome() const { return outcome_; }

  kernel::cpu_mask<atomics> online{nr_cpus()};
  Stock stock;

 protected:
  /// Takes what the stock's constructor wants behind the mask of online CPUs, the batch first.
  template <class... Rest>
  explicit page_stock_scenario(unsigned batch, Rest... rest) : stock(online, batch, rest...) {}

  /// For scenarios that charge past every limit, as the kernel does when it may not fail.
  void waive_limits() { limits_waived_ = true; }
  /// For scenarios that look at something else than how far a stock can grow.
  void waive_stock_bound() { stock_bound_ = false; }

  /// Takes a CPU down, with what the stock does about it. No task runs there any more.
  void take_down(unsigned cpu) {
    online.take_down(cpu, [this](unsigned dead) { stock.cpu_dead(dead); });
  }
  /// Runs queued work on its CPU, or on another one if that is offline; for when no task runs.
  void flush_work() {
    if constexpr (requires { stock.work(); }) stock.work().flush(online);
  }

  static unsigned nr_cpus() { return kernel::machine<atomics>::current().nr_cpus(); }
  long stocked(const group_type& g) const {
    long pages = 0;
    for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu) pages += stocked_on(cpu, g);
    return pages;
  }
  long stocked_on(unsigned cpu, const group_type& g) const {
    return static_cast<long>(stock.pages(cpu, g.memcg()));
  }
  /// Returns the pages in stocks of the counter of memory and swap, which may have its own stock.
  long memsw_stocked(const group_type& g) const {
    if constexpr (groups_own_stocks) {
      long pages = 0;
      for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu) pages += stock.memsw_pages(cpu, g.memcg());
      return pages;
    } else {
      return stocked(g);
    }
  }

 private:
  friend group_type;

  /// Says whether stocks belong to a group and go with it, instead of to CPUs that all share.
  static constexpr bool groups_own_stocks =
      requires(Stock& of, group_type& g) { of.css_free(g.memcg()); };

  static constexpr std::size_t max_groups = 4;

  // Called by memcg_group -----------------------------------------------------------------------

  void add(group_type& created) { groups_.at(nr_groups_++) = &created; }

  // Oracles ---------------------------------------------------------------------------------------

  [[nodiscard]] std::span<group_type* const> groups() const {
    return std::span{groups_}.first(nr_groups_);
  }
  static long usage(const group_type& g) { return static_cast<long>(g.memcg().memory.read()); }

  void check_everything() const {
    for (const group_type* g : groups()) {
      check_stocks(*g);
      check_counters(*g);
      check_references(*g);
      atomics::expect(g->socket_statistic() == g->socket_pages(), oracle::statistics,
                      "the statistic of socket memory is not what sockets hold",
                      {{g->label(), g->socket_statistic()}, {"held", g->socket_pages()}});
    }
    for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu)
      atomics::expect(!stock.is_flushing(cpu), oracle::progress,
                      "a CPU is marked as being drained, but no drain is pending",
                      {{"cpu", static_cast<long>(cpu)}});
  }

  void check_stocks(const group_type& g) const {
    for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu) {
      check_stock(g, cpu, stocked_on(cpu, g));
      if constexpr (groups_own_stocks) check_stock(g, cpu, stock.memsw_pages(cpu, g.memcg()));
      atomics::expect(stock.pointers(cpu, g.memcg()) <= 1, oracle::stock_bound,
                      "a group has two slots of one CPU", {{"cpu", static_cast<long>(cpu)}});
    }
  }
  void check_stock(const group_type& g, unsigned cpu, long pages) const {
    const auto bound = static_cast<long>(stock.max_pages_per_memcg_and_cpu());
    if (stock_bound_)
      atomics::expect(pages >= 0 && pages <= bound, oracle::stock_bound,
                      "a CPU keeps more of a group than the algorithm promises",
                      {{"cpu", static_cast<long>(cpu)}, {g.label(), pages}, {"bound", bound}});
    atomics::expect(pages == 0 || online.is_online(cpu), oracle::leak,
                    "the stock of an offline CPU keeps pages",
                    {{"cpu", static_cast<long>(cpu)}, {g.label(), pages}});
  }

  void check_counters(const group_type& g) const {
    long held = 0;
    long in_stocks = 0;
    long in_memsw_stocks = 0;
    for (const group_type* d : groups()) {
      if (!d->is_below_or_is(g)) continue;
      held += d->held();
      in_stocks += stocked(*d);
      in_memsw_stocks += memsw_stocked(*d);
    }
    check_counter(g.memcg().memory, held, in_stocks);
    if (g.memcg().accounts_memsw()) check_counter(g.memcg().memsw, held, in_memsw_stocks);
  }
  template <class Counter>
  void check_counter(const Counter& counter, long held, long in_stocks) const {
    const auto usage = static_cast<long>(counter.read());
    const auto max = static_cast<long>(counter.max());
    atomics::expect(usage >= 0, oracle::underflow, "usage below zero", {{counter.label(), usage}});
    atomics::expect(usage == held + in_stocks, oracle::conservation,
                    "usage is not what users hold and stocks keep",
                    {{counter.label(), usage}, {"held", held}, {"in stocks", in_stocks}});
    atomics::expect(limits_waived_ || usage <= max, oracle::overcharge,
                    "settled usage above the limit", {{counter.label(), usage}, {"max", max}});
  }

  /// Coupled references are those of charged pages, decoupled ones those of pointers.
  void check_references(const group_type& g) const {
    if (g.memcg().is_root()) return;
    long slots = 0;
    for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu) slots += stock.pointers(cpu, g.memcg());
    const long known = (g.is_offline() ? 0 : 1) + g.pins();
    const long of_charges = Stock::couples_references ? g.held() + stocked(g) : g.folios() + slots;
    atomics::expect(
        g.memcg().references() == known + of_charges, oracle::references,
        "a group has more or fewer references than there are users and stocks",
        {{g.label(), g.memcg().references()},
         {"its own and pins", known},
         {Stock::couples_references ? "charged pages" : "folios and slots", of_charges}});
    atomics::expect(g.memcg().is_freed() == (g.memcg().references() == 0), oracle::references,
                    "a group is not freed exactly when its references are gone",
                    {{g.label(), g.memcg().references()}});
  }

  static void check_gone(const group_type& g) {
    atomics::expect(usage(g) == 0, oracle::leak, "usage left after everything was returned",
                    {{g.label(), usage(g)}});
    if (g.memcg().accounts_memsw()) {
      const auto memsw = static_cast<long>(g.memcg().memsw.read());
      atomics::expect(memsw == 0, oracle::leak, "memsw left after everything was returned",
                      {{g.label(), memsw}});
    }
    if (g.memcg().is_root()) return;
    atomics::expect(g.memcg().references() == 0 && g.memcg().is_freed(), oracle::leak,
                    "a removed group is not freed although nobody uses it",
                    {{g.label(), g.memcg().references()}});
  }

  void write_outcome() {
    results_.write_to(outcome_);
    for (const group_type* g : groups()) {
      outcome_.add(g->label(), "usage", usage(*g));
      outcome_.add(g->label(), "stock", stocked(*g));
      if (!g->memcg().is_root()) outcome_.add(g->label(), "references", g->memcg().references());
    }
  }

  std::array<group_type*, max_groups> groups_{};
  std::size_t nr_groups_ = 0;
  operation_results<atomics> results_;
  /// Charges that may not block go through this path.
  typename Subject::template charge_path<Stock> path_{stock};
  bool limits_waived_ = false;
  bool stock_bound_ = true;
  final_state outcome_;
};

}  // namespace stockcheck::checks
