// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: memory cgroups are charged through stocks in their counters.
#pragma once

#include "checks/counter_stock/counter_stocks_scenario.hpp"

#include <array>

namespace stockcheck::checks {

template <class S>
struct counter_stocks_two_groups : counter_stocks_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/two_groups_at_limit",
      .summary = "There is room for two charges, but not for two batches: neither is refused.",
      .task_list = {{{"charge a 1"}, {"charge b 1", {.cpu = 1}}}},
  };

  counter_stocks_two_groups() : counter_stocks_scenario<S>(2, {.limit_of_parent = 3}) {}
  void task(unsigned number) { charged_.at(number) = (number == 0 ? this->a : this->b).charge(1); }
  void check() override { this->promise(charged_[0] && charged_[1], "a charge was refused"); }

 private:
  std::array<bool, 2> charged_{};
};

template <class S>
struct counter_stocks_memsw : counter_stocks_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/memory_and_swap",
      .summary = "A group has stocks of memory and of memory and swap, on two CPUs.",
      .task_list = {{{"charge a 1"}, {"charge a 1, uncharge 1", {.cpu = 1}}}},
  };

  counter_stocks_memsw() : counter_stocks_scenario<S>(2, {.with_memsw = true}) {
    this->fill(this->a, 1);
  }
  void task(unsigned number) {
    if (this->a.charge(1) && number == 1) this->a.uncharge(1);
  }
};

template <class S>
struct counter_stocks_memsw_undo : counter_stocks_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/memsw_undo",
      .summary = "Memory is at its limit when memory and swap are charged already.",
      .task_list = {{{"charge a 2"}, {"charge a 1", {.cpu = 1}}}},
  };

  counter_stocks_memsw_undo() : counter_stocks_scenario<S>(2, {.with_memsw = true}) {
    this->a.set_max(2);
  }
  void task(unsigned number) { this->a.charge(number == 0 ? 2 : 1); }
};

template <class S>
struct counter_stocks_memsw_from_stock : counter_stocks_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/memsw_of_stock_undone",
      .summary = "Memory and swap come from a stock when memory is refused: the page is uncharged.",
      .task_list = {{{"charge a 1"}, {"drain a", {.cpu = 1}}}},
  };

  counter_stocks_memsw_from_stock() : counter_stocks_scenario<S>(2, {.with_memsw = true}) {
    this->fill(this->a);
    this->a.memcg().memory_stock.drain(0);
    this->charge(this->a, 2, {.may_block = false});
    this->a.set_max(2);
  }
  void task(unsigned number) {
    if (number == 0) {
      charged_ = this->a.charge(1);
    } else {
      this->a.drain_all();
    }
  }
  void check() override { this->promise(!charged_, "a charge went above the limit"); }

 private:
  bool charged_ = false;
};

template <class S>
struct counter_stocks_memsw_limit : counter_stocks_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/memsw_limit",
      .summary = "Memory and swap are at their limit: a batch does not fit, one page does.",
      .task_list = {{{"charge a 1"}, {"charge a 1", {.cpu = 1}}}},
  };

  counter_stocks_memsw_limit() : counter_stocks_scenario<S>(2, {.with_memsw = true}) {
    this->a.memcg().memsw.set_max(1);
  }
  void task(unsigned) { this->a.charge(1); }
};

template <class S>
struct counter_stocks_in_softirq : counter_stocks_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/charge_in_softirq",
      .summary = "A softirq charges through the stock in the middle of a charge, and of a drain.",
      .task_list = {{{"charge a 1; softirq: charge a 1"}, {"drain a", {.cpu = 1}}}},
  };

  counter_stocks_in_softirq() : counter_stocks_scenario<S>(2) {
    this->fill(this->a);
    this->template add_softirq<&counter_stocks_in_softirq::receive>(0, *this);
  }
  void receive() { this->a.charge_socket(1); }
  void task(unsigned number) {
    if (number == 0) {
      this->a.charge(1);
    } else {
      this->a.drain_all();
    }
  }
};

template <class S>
struct counter_stocks_migration : counter_stocks_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/migration",
      .summary = "A task moves between its charges of memory and swap, and of memory.",
      .task_list = {{{"charge a 1", {.migrations = 1}}, {"drain a", {.cpu = 1}}}},
  };

  counter_stocks_migration() : counter_stocks_scenario<S>(2, {.with_memsw = true}) {
    this->fill(this->a);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->a.charge(1);
    } else {
      this->a.drain_all();
    }
  }
};

template <class S>
struct counter_stocks_none : charge_path_base<S, typename S::counter_stocks> {
  static constexpr scenario_info info{
      .name = "counter_stocks/no_stock",
      .summary = "A group may come online without one of its stocks, or without both.",
      .task_list = {{{"charge a 1"}, {"drain a", {.cpu = 1}}}},
  };

  counter_stocks_none() : charge_path_base<S, typename S::counter_stocks>(2, {.with_memsw = true}) {
    this->let_allocations_fail(2);
    for (auto* const g : {&this->a, &this->b}) {
      this->stock.add(g->memcg());
      this->stock.link(g->memcg());
    }
    this->stock.come_online(this->a.memcg());
  }
  void task(unsigned number) {
    if (number == 0) {
      charged_ = this->a.charge(1);
    } else {
      this->a.drain_all();
    }
  }
  void check() override { this->promise(charged_, "a charge was refused"); }

 private:
  bool charged_ = false;
};

template <class S>
struct counter_stocks_drained_for_charge : counter_stocks_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/drained_for_charge",
      .summary = "What is missing is in the stock of another group: it is drained, and suffices.",
      .task_list = {{{"charge a 2"}, {"uncharge b 1", {.cpu = 1}}}},
  };

  counter_stocks_drained_for_charge() : counter_stocks_scenario<S>(2, {.limit_of_parent = 3}) {
    this->charge(this->b, 1, {.may_block = false});
  }
  void task(unsigned number) {
    if (number == 0) {
      charged_ = this->charge(this->a, 2);
    } else {
      this->b.uncharge(1);
    }
  }
  void check() override { this->promise(charged_, "a charge was refused that fits after a drain"); }

 private:
  bool charged_ = false;
};

template <class S>
struct counter_stocks_force : counter_stocks_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/force",
      .summary = "A charge that must not fail goes above the limit, past the stocks.",
      .task_list = {{{"charge a 1, no fail"}, {"drain a", {.cpu = 1}}}},
  };

  counter_stocks_force() : counter_stocks_scenario<S>(2, {.with_memsw = true}) {
    this->charge(this->a, 2, {.may_block = false});
    this->a.set_max(2);
    this->waive_limits();
  }
  void task(unsigned number) {
    if (number == 0) {
      charged_ = this->charge(this->a, 1, {.may_block = false, .no_fail = true});
    } else {
      this->a.drain_all();
    }
  }
  void check() override { this->promise(charged_, "a charge that must not fail was refused"); }

 private:
  bool charged_ = false;
};

// Known properties ------------------------------------------------------------------------------

template <class S>
struct counter_stocks_memsw_below_memory : counter_stocks_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/memsw_below_memory",
      .summary = "Memory and swap should be at least as much as memory.",
      .task_list = {{{"charge a 1"}, {"drain a", {.cpu = 1}}}},
      .known = known_property{oracle::scenario, "memsw-below-memory"},
  };

  counter_stocks_memsw_below_memory() : counter_stocks_scenario<S>(2, {.with_memsw = true}) {
    this->fill(this->a);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->a.charge(1);
    } else {
      this->a.drain_all();
    }
  }
  void check() override {
    const auto memsw = static_cast<long>(this->a.memcg().memsw.read());
    S::atomics::expect(memsw >= this->usage(this->a), oracle::scenario,
                       "memory and swap are less than memory",
                       {{"memory", this->usage(this->a)}, {"memsw", memsw}});
  }
};

template <class S>
struct counter_stocks_same_cpu : counter_stocks_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/same_cpu",
      .summary = "Two tasks of one CPU take from the stock of a group, and fill it.",
      .task_list = {{{"charge a 1"}, {"charge a 1, uncharge 1"}}},
      .nr_cpus = 1,
  };

  counter_stocks_same_cpu() : counter_stocks_scenario<S>(3) {
    this->waive_stock_bound();
    this->fill(this->a);
    this->charge(this->a, 1, {.may_block = false});
  }
  void task(unsigned number) {
    if (this->a.charge(1) && number == 1) this->a.uncharge(1);
  }
};

template <class S>
struct counter_stocks_in_hardirq : counter_stocks_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/charge_in_hardirq",
      .summary = "A hardirq charges in the middle of everything that a stock does.",
      .task_list = {{{"charge a 1, uncharge 1, drain a; hardirq: charge a 1"}}},
      .nr_cpus = 1,
  };

  counter_stocks_in_hardirq() : counter_stocks_scenario<S>(2) {
    this->waive_stock_bound();
    this->template add_hardirq<&counter_stocks_in_hardirq::interrupt>(0, *this);
  }
  void interrupt() { this->a.charge(1); }
  void task(unsigned) {
    this->a.charge(1);
    this->a.uncharge(1);
    this->a.drain_all();
  }
};

using counter_stocks_charge_scenarios =
    scenario_list<counter_stocks_two_groups, counter_stocks_memsw, counter_stocks_memsw_undo,
                  counter_stocks_memsw_from_stock, counter_stocks_memsw_limit,
                  counter_stocks_in_softirq, counter_stocks_migration, counter_stocks_none,
                  counter_stocks_drained_for_charge, counter_stocks_force,
                  counter_stocks_memsw_below_memory, counter_stocks_same_cpu,
                  counter_stocks_in_hardirq>;

}  // namespace stockcheck::checks
