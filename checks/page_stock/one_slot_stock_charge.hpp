// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: charging through the one slot that each CPU has for all memory cgroups.
#pragma once

#include "checks/page_stock/page_stock_groups.hpp"

namespace stockcheck::checks {

template <class S>
struct one_slot_two_cpus : one_slot_single<S> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/two_cpus",
      .summary = "Two CPUs charge a group through their own stocks.",
      .task_list = {{{"charge 1, charge 1"}, {"charge 1", {.cpu = 1}}}},
  };

  one_slot_two_cpus() : one_slot_single<S>(2) {}
  void task(unsigned number) {
    this->a.charge(1);
    if (number == 0) this->a.charge(1);
  }
};

template <class S>
struct one_slot_same_cpu : one_slot_single<S> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/same_cpu",
      .summary = "Two tasks on one CPU charge a group and uncharge past the stock.",
      .task_list = {{{"charge 1, uncharge 1"}, {"charge 1"}}},
      .nr_cpus = 1,
  };

  one_slot_same_cpu() : one_slot_single<S>(2) {}
  void task(unsigned number) {
    if (this->a.charge(1) && number == 0) this->a.uncharge(1);
  }
};

template <class S>
struct one_slot_switch : one_slot_pair<S> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/switch",
      .summary = "Two tasks on one CPU charge different groups: each throws the other's pages out.",
      .task_list = {{{"charge a 1"}, {"charge b 1"}}},
      .nr_cpus = 1,
  };

  one_slot_switch() : one_slot_pair<S>(2) {}
  void task(unsigned number) { (number == 0 ? this->a : this->b).charge(1); }
};

template <class S>
struct one_slot_over_the_cap : one_slot_single<S> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/over_the_cap",
      .summary = "Two tasks on one CPU both deposit: what is above a batch goes back as a whole.",
      .task_list = {{{"charge 1"}, {"charge 1"}}},
      .nr_cpus = 1,
  };

  one_slot_over_the_cap() : one_slot_single<S>(4) {}
  void task(unsigned) { this->a.charge(1); }
};

template <class S>
struct one_slot_above_batch : one_slot_single<S> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/above_batch",
      .summary = "A charge of more than a batch does not look at the stock and is exact.",
      .task_list = {{{"charge 3"}, {"drain a", {.cpu = 1}}}},
  };

  // Set-up runs on CPU 0 and leaves a page in its stock.
  one_slot_above_batch() : one_slot_single<S>(2) { this->a.charge(1); }
  void task(unsigned number) {
    if (number == 0) {
      this->a.charge(3);
    } else {
      this->a.drain_all();
    }
  }
};

template <class S>
struct one_slot_limit : one_slot_below_limit<S> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/limit",
      .summary = "Batches of two CPUs do not both fit below the limit of the parent.",
      .task_list = {{{"charge 1"}, {"charge 1", {.cpu = 1}}}},
  };

  one_slot_limit() : one_slot_below_limit<S>(2, 3) {}
  void task(unsigned) { this->a.charge(1); }
};

template <class S>
struct one_slot_memsw : page_stock_scenario<S, typename S::one_slot_stock> {
  using stock_type = typename S::one_slot_stock;
  static constexpr scenario_info info{
      .name = "one_slot_stock/memsw",
      .summary = "Memory and swap are charged first; when memory is refused they are not kept.",
      .task_list = {{{"charge 1"}, {"charge 1, uncharge 1", {.cpu = 1}}}},
  };
  // The kernel charges nothing to the group that has no parent.
  memcg_group<S, stock_type> root{*this, "root", nullptr, true};
  memcg_group<S, stock_type> a{*this, "a", &root, true};

  one_slot_memsw() : page_stock_scenario<S, stock_type>(2) {
    this->peak_in_the_past(a);
    a.set_max(2);
  }
  void task(unsigned number) {
    if (a.charge(1) && number == 1) a.uncharge(1);
  }
};

template <class S>
struct one_slot_migration : one_slot_two_cpus<S> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/migration",
      .summary = "A task moves to another CPU between its look at the stock and the deposit.",
      .task_list = {{{"charge 1, charge 1", {.cpu = 0, .migrations = 1}},
                     {"charge 1", {.cpu = 1}}}},
  };
};

template <class S>
struct one_slot_softirq_charge : one_slot_single<S> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/softirq_charge",
      .summary = "A softirq charges the group that the task it interrupts is charging.",
      .task_list = {{{"charge 1, charge 1; softirq: charge 1"}}},
      .nr_cpus = 1,
  };

  one_slot_softirq_charge() : one_slot_single<S>(2) {
    this->template add_softirq<&one_slot_softirq_charge::receive>(0, *this);
  }
  void receive() { this->a.charge_socket(1); }
  void task(unsigned) {
    this->a.charge(1);
    this->a.charge(1);
  }
};

template <class S>
struct one_slot_softirq_switch : one_slot_pair<S> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/softirq_switch",
      .summary = "A softirq charges another group in the middle of a task's charge.",
      .task_list = {{{"charge a 1, charge a 1; softirq: charge b 1"}}},
      .nr_cpus = 1,
  };

  one_slot_softirq_switch() : one_slot_pair<S>(2) {
    this->template add_softirq<&one_slot_softirq_switch::receive>(0, *this);
  }
  void receive() { this->b.charge_socket(1); }
  void task(unsigned) {
    this->a.charge(1);
    this->a.charge(1);
  }
};

template <class S>
struct one_slot_in_hardirq : one_slot_pair<S> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/charge_in_hardirq",
      .summary = "A hardirq charges another group in the middle of everything that a stock does.",
      .task_list = {{{"charge a 1, uncharge 1, drain a; hardirq: charge b 1"}}},
      .nr_cpus = 1,
  };

  one_slot_in_hardirq() : one_slot_pair<S>(2) {
    this->template add_hardirq<&one_slot_in_hardirq::interrupt>(0, *this);
  }
  void interrupt() { this->b.charge(1); }
  void task(unsigned) {
    this->a.charge(1);
    this->a.uncharge(1);
    this->a.drain_all();
  }
};

using one_slot_stock_charge_scenarios =
    scenario_list<one_slot_two_cpus, one_slot_same_cpu, one_slot_switch, one_slot_over_the_cap,
                  one_slot_above_batch, one_slot_limit, one_slot_memsw, one_slot_migration,
                  one_slot_softirq_charge, one_slot_softirq_switch, one_slot_in_hardirq>;

}  // namespace stockcheck::checks
