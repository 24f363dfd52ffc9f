// SPDX-License-Identifier: GPL-2.0-only
// The base of every scenario over page counters: the general oracles, written once.
#pragma once

#include "checks/base/counter_group.hpp"
#include "checks/base/final_state.hpp"
#include "checks/base/operation_results.hpp"
#include "checks/base/scenario.hpp"
#include "checks/base/scenario_list.hpp"
#include "checks/base/set_up.hpp"
#include "model/kernel/machine.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

namespace stockcheck::checks {

/// A scenario derives from this, declares its groups as members, parents first, and adds
///   static constexpr scenario_info info    what it is
///   void task(unsigned number)             what each task does
///   void check()                           optional: promises of its own, when all tasks ended
/// The README says what each oracle below means.
template <class Subject>
class counter_scenario : protected set_up<typename Subject::atomics> {
 public:
  using atomics = typename Subject::atomics;
  using group_type = counter_group<Subject>;

  counter_scenario() = default;
  counter_scenario(const counter_scenario&) = delete;
  counter_scenario& operator=(const counter_scenario&) = delete;
  virtual ~counter_scenario() = default;

  virtual void check() {}

  void settle() {
    for (const group_type* g : groups()) check_group(*g);
    write_outcome();
    check();
    for (group_type* g : groups()) {
      g->release_all();
      g->free_stock();
    }
    for (const group_type* g : groups())
      atomics::expect(usage(*g) == 0, oracle::leak, "usage left after everything was returned",
                      {{g->counter().label(), usage(*g)}});
  }

  [[nodiscard]] const final_state& outcome() const { return outcome_; }

 protected:
  /// For scenarios that look at something else than how far a stock can grow.
  void waive_stock_bound() { stock_bound_ = false; }

 private:
  friend group_type;

  static constexpr std::size_t max_groups = 4;

  // Called by counter_group
  // -------------------------------------------------------------------------------

  void add(group_type& created) { groups_.at(nr_groups_++) = &created; }

  // Oracles ---------------------------------------------------------------------------------------

  [[nodiscard]] std::span<group_type* const> groups() const {
    return std::span{groups_}.first(nr_groups_);
  }
  static long usage(const group_type& g) { return static_cast<long>(g.counter().read()); }
  static unsigned nr_cpus() { return kernel::machine<atomics>::current().nr_cpus(); }

  static long stocked(const group_type& g) {
    long pages = 0;
    for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu) pages += g.stock().pages(cpu);
    return pages;
  }

  void check_group(const group_type& g) const {
    long held = 0;
    long in_stocks = 0;
    bool forced = false;
    long min_of_children = 0;
    long low_of_children = 0;
    for (const group_type* d : groups()) {
      if (!d->is_below_or_is(g)) continue;
      held += d->held();
      in_stocks += stocked(*d);
      forced = forced || d->forced();
      if (d->parent() == &g) {
        min_of_children += d->counter().min_usage();
        low_of_children += d->counter().low_usage();
      }
    }
    const char* const name = g.counter().label();

    atomics::expect(usage(g) >= 0, oracle::underflow, "usage below zero", {{name, usage(g)}});
    if (stock_bound_) check_stock_bound(g);
    // Who uncharged more than there was has been warned of; then the counter was set to 0.
    const long clamped = std::max(0L, -(held + in_stocks));
    atomics::expect(usage(g) == held + in_stocks + clamped, oracle::conservation,
                    "usage is not what users hold and stocks keep",
                    {{name, usage(g)}, {"held", held}, {"in stocks", in_stocks}});
    const auto max = static_cast<long>(g.counter().max());
    atomics::expect(forced || usage(g) <= max, oracle::overcharge, "settled usage above the limit",
                    {{name, usage(g)}, {"max", max}});
    atomics::expect(g.counter().children_min_usage() == min_of_children, oracle::statistics,
                    "children_min_usage is not the sum over the children",
                    {{name, g.counter().children_min_usage()}, {"sum", min_of_children}});
    atomics::expect(g.counter().children_low_usage() == low_of_children, oracle::statistics,
                    "children_low_usage is not the sum over the children",
                    {{name, g.counter().children_low_usage()}, {"sum", low_of_children}});
  }

  static void check_stock_bound(const group_type& g) {
    const auto batch = static_cast<long>(g.stock().batch());
    for (unsigned cpu = 0; cpu < nr_cpus(); ++cpu) {
      const long pages = g.stock().pages(cpu);
      atomics::expect(pages >= 0 && pages <= batch, oracle::stock_bound,
                      "a stock is negative or above its batch",
                      {{"cpu", static_cast<long>(cpu)}, {"stock", pages}, {"batch", batch}});
    }
  }

  void write_outcome() {
    results_.write_to(outcome_);
    for (const group_type* g : groups()) {
      outcome_.add(g->counter().label(), "usage", usage(*g));
      if (g->stock().batch() != 0) outcome_.add(g->counter().label(), "stock", stocked(*g));
    }
  }

  std::array<group_type*, max_groups> groups_{};
  std::size_t nr_groups_ = 0;
  operation_results<atomics> results_;
  bool stock_bound_ = true;
  final_state outcome_;
};

}  // namespace stockcheck::checks
