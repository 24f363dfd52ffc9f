// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: drain_all_stock() and the drain work against the CPUs that use their one slot.
#pragma once

#include "checks/page_stock/cpus_of_page_stocks.hpp"
#include "checks/page_stock/page_stock_groups.hpp"

namespace stockcheck::checks {

template <class S>
struct one_slot_consume_against_drain_all : one_slot_single<S> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/consume_against_drain_all",
      .summary = "A CPU takes pages from its stock while another one asks it to drain.",
      .task_list = {{{"charge 1, charge 1"}, {"drain a", {.cpu = 1}}}},
  };

  // Set-up runs on CPU 0 and leaves three pages in its stock.
  one_slot_consume_against_drain_all() : one_slot_single<S>(4) { this->a.charge(1); }
  void task(unsigned number) {
    if (number == 1) return this->a.drain_all();
    this->a.charge(1);
    this->a.charge(1);
  }
};

template <class S>
struct one_slot_worker_against_charge : with_worker<one_slot_single<S>> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/worker_against_charge",
      .summary = "The drain work runs on a CPU between the charges of a task there.",
      .task_list = {{{"charge 1, charge 1"}, {"drain a", {.cpu = 1}}, {"worker"}}},
  };

  one_slot_worker_against_charge() : with_worker<one_slot_single<S>>(2) { this->a.charge(1); }
  void task(unsigned number) {
    switch (number) {
      case 0:
        this->a.charge(1);
        this->a.charge(1);
        break;
      case 1: this->drain(this->a); break;
      default: this->work_on(0); break;
    }
  }
};

template <class S>
struct one_slot_two_drainers : one_slot_single<S> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/two_drainers",
      .summary = "Two CPUs drain at once: whoever comes second leaves it to the first.",
      .task_list = {{{"charge 1"}, {"drain a", {.cpu = 1}}, {"drain root", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  one_slot_two_drainers() : one_slot_single<S>(4) { this->a.charge(1); }
  void task(unsigned number) {
    switch (number) {
      case 0: this->a.charge(1); break;
      case 1: this->a.drain_all(); break;
      default: this->root.drain_all(); break;
    }
  }
};

template <class S>
struct one_slot_drained_twice : with_worker<one_slot_single<S>> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/drained_twice",
      .summary =
          "A CPU is asked to drain twice: the mark of the first time is gone by the second, or "
          "the drain is still to come.",
      .task_list = {{{"drain a, drain a", {.cpu = 1}}, {"worker"}}},
  };

  one_slot_drained_twice() : with_worker<one_slot_single<S>>(2) { this->a.charge(1); }
  void task(unsigned number) {
    if (number == 1) return this->work_on(0);
    this->a.drain_all();
    this->drain(this->a);
  }
  void check() override {
    S::atomics::expect(this->stocked(this->a) == 0, oracle::progress,
                       "pages are left in a stock that was drained",
                       {{"a", this->stocked(this->a)}});
  }
};

template <class S>
struct one_slot_local_drain : one_slot_single<S> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/local_drain",
      .summary = "A CPU drains itself, at once, and is interrupted by a softirq that uncharges.",
      .task_list = {{{"drain a; softirq: uncharge 1 of a socket"}}},
      .nr_cpus = 1,
  };

  one_slot_local_drain() : one_slot_single<S>(4) {
    this->a.charge_socket(2);
    this->template add_softirq<&one_slot_local_drain::receive>(0, *this);
  }
  void receive() { this->a.uncharge_socket(1); }
  void task(unsigned) { this->a.drain_all(); }
};

template <class S>
struct one_slot_worker_interrupted : with_worker<one_slot_pair<S>> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/worker_interrupted",
      .summary = "A softirq on a CPU charges another group while the drain work runs there.",
      .task_list = {{{"drain a", {.cpu = 1}}, {"worker; softirq: charge b 1"}}},
  };

  one_slot_worker_interrupted() : with_worker<one_slot_pair<S>>(2) {
    this->a.charge(1);
    this->template add_softirq<&one_slot_worker_interrupted::receive>(0, *this);
  }
  void receive() { this->b.charge_socket(1); }
  void task(unsigned number) {
    if (number == 1) return this->work_on(0);
    this->drain(this->a);
  }
};

template <class S>
struct one_slot_other_subtree : one_slot_pair<S> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/other_subtree",
      .summary = "Draining one group leaves the CPUs alone that keep pages of another.",
      .task_list = {{{"drain b"}, {"drain b", {.cpu = 1}}}},
  };

  one_slot_other_subtree() : one_slot_pair<S>(2) { this->a.charge(1); }
  void task(unsigned) { this->b.drain_all(); }
  void check() override {
    S::atomics::expect(
        this->stocked(this->a) == 1, oracle::scenario,
        "pages of a group are gone from its stock though another one alone was drained",
        {{"a", this->stocked(this->a)}});
  }
};

template <class S>
struct one_slot_isolated_cpu : isolated_at_first<one_slot_single<S>> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/isolated_cpu",
      .summary = "A drain leaves an isolated CPU alone; when it is isolated no more it is drained.",
      .task_list = {{{"drain a, end isolation, drain a"}, {"charge 1", {.cpu = 1}}}},
  };

  one_slot_isolated_cpu() : isolated_at_first<one_slot_single<S>>(2) {
    this->on_cpu(1, [this] { this->a.charge(1); });
    this->stock.isolate(1);
  }
};

template <class S>
struct one_slot_two_workers : with_worker<one_slot_single<S>> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/two_workers",
      .summary = "Two CPUs run their drain work at the same time.",
      .task_list = {{{"drain a", {.cpu = 2}}, {"worker"}, {"worker", {.cpu = 1}}}},
      .nr_cpus = 3,
  };

  one_slot_two_workers() : with_worker<one_slot_single<S>>(2) {
    for (const unsigned cpu : {0U, 1U}) this->on_cpu(cpu, [this] { this->a.charge(1); });
  }
  void task(unsigned number) {
    if (number > 0) return this->work_on(number - 1);
    this->drain(this->a);
  }
  void check() override {
    S::atomics::expect(this->stocked(this->a) == 0, oracle::progress,
                       "pages are left in a stock that was drained",
                       {{"a", this->stocked(this->a)}});
  }
};

template <class S>
struct one_slot_isolation : isolated_for_a_moment<one_slot_single<S>> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/isolation",
      .summary = "A CPU is isolated for a moment while it charges and others ask it to drain.",
      .task_list = {{{"isolate cpu 1, end isolation", {.cpu = 2}},
                     {"drain a"},
                     {"charge 1, charge 1, worker", {.cpu = 1}}}},
      .nr_cpus = 3,
  };

  one_slot_isolation() : isolated_for_a_moment<one_slot_single<S>>(2) {
    this->on_cpu(1, [this] { this->a.charge(1); });
  }
};

// Known properties ------------------------------------------------------------------------------

template <class S>
struct one_slot_skipped_drain : one_slot_pair<S> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/skipped_drain",
      .summary = "A group is drained while another one is being drained: its pages stay.",
      .task_list = {{{"drain a"}, {"drain b", {.cpu = 1}}}},
      .nr_cpus = 3,
      .known = known_property{oracle::progress, "skipped-drain"},
  };

  one_slot_skipped_drain() : one_slot_pair<S>(2) {
    this->on_cpu(2, [this] { this->b.charge(1); });
  }
  void task(unsigned number) { (number == 0 ? this->a : this->b).drain_all(); }
  void check() override {
    S::atomics::expect(this->stocked(this->b) == 0, oracle::progress,
                       "pages are left in a stock that was drained",
                       {{"b", this->stocked(this->b)}});
  }
};

using one_slot_stock_drain_scenarios =
    scenario_list<one_slot_consume_against_drain_all, one_slot_worker_against_charge,
                  one_slot_two_drainers, one_slot_drained_twice, one_slot_local_drain,
                  one_slot_worker_interrupted, one_slot_other_subtree, one_slot_isolated_cpu,
                  one_slot_skipped_drain, one_slot_two_workers, one_slot_isolation>;

}  // namespace stockcheck::checks
