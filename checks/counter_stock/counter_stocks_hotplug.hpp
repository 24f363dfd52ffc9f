// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: CPUs that keep pages of several groups go offline.
#pragma once

#include "checks/counter_stock/counter_stocks_scenario.hpp"
#include "checks/page_stock/cpus_of_page_stocks.hpp"

namespace stockcheck::checks {

/// CPU 1 keeps pages of both groups. No task runs there.
template <class S>
struct counter_stocks_hotplug_scenario : counter_stocks_scenario<S> {
  explicit counter_stocks_hotplug_scenario(bool with_memsw = false)
      : counter_stocks_scenario<S>(2, {.with_memsw = with_memsw}) {
    this->fill(this->a, 1);
    this->fill(this->b, 1);
  }
};

template <class S>
struct counter_stocks_dead_cpu : counter_stocks_hotplug_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/dead_cpu",
      .summary = "A CPU goes offline: the pages of all groups go back while one is charged.",
      .task_list = {{{"cpu 1 goes offline"}, {"charge a 1, uncharge 1", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  counter_stocks_dead_cpu() : counter_stocks_hotplug_scenario<S>(true) {}
  void task(unsigned number) {
    if (number == 0) return this->take_down(1);
    if (this->a.charge(1)) this->a.uncharge(1);
  }
};

template <class S>
struct counter_stocks_dead_cpu_drained : counter_stocks_hotplug_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/dead_cpu_drained",
      .summary = "A CPU is drained by its dead callback and by a drain that found it online.",
      .task_list = {{{"cpu 1 goes offline"}, {"drain root", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  void task(unsigned number) {
    if (number == 0) return this->take_down(1);
    this->root.drain_all();
  }
};

template <class S>
struct counter_stocks_dead_cpu_skipped : dead_cpu_skipped<counter_stocks_hotplug_scenario<S>> {
  static constexpr scenario_info info{
      .name = "counter_stocks/dead_cpu_skipped",
      .summary = "All CPUs are drained once one of them is offline and its stocks are empty.",
      .task_list = {{{"cpu 1 goes offline, drain a"}, {"charge a 1", {.cpu = 2}}}},
      .nr_cpus = 3,
  };
};

template <class S>
struct counter_stocks_dead_and_back : counter_stocks_hotplug_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/dead_and_back",
      .summary = "A CPU goes offline and comes back: its stocks are empty.",
      .task_list = {{{"cpu 1 goes offline and online"}, {"charge a 1", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  void task(unsigned number) {
    if (number == 1) {
      this->a.charge(1);
      return;
    }
    this->take_down(1);
    this->online.bring_up(1);
  }
  void check() override {
    S::atomics::expect(this->stocked_on(1, this->a) + this->stocked_on(1, this->b) == 0,
                       oracle::leak, "a CPU comes back with the pages it had",
                       {{"a", this->stocked_on(1, this->a)}, {"b", this->stocked_on(1, this->b)}});
  }
};

template <class S>
struct counter_stocks_dead_cpu_of_freed_group : counter_stocks_hotplug_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/dead_cpu_of_freed_group",
      .summary = "A CPU goes offline while a group is freed: one of them returns its pages.",
      .task_list = {{{"cpu 1 goes offline"}, {"remove and free a", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  void task(unsigned number) {
    if (number == 0) return this->take_down(1);
    this->remove(this->a);
  }
  void check() override {
    // The callback leaves out a group without references; whoever frees it has every possible CPU
    // drained.
    this->a.free_if_released();
    S::atomics::expect(this->usage(this->root) == 0, oracle::leak,
                       "pages of a dead CPU are still charged",
                       {{"root", this->usage(this->root)}});
  }
};

template <class S>
struct counter_stocks_softirq_against_dead : counter_stocks_hotplug_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/softirq_against_dead",
      .summary = "The dead CPU is drained by a task that a softirq interrupts with a charge.",
      .task_list = {{{"cpu 1 goes offline; softirq: charge a 1"}, {"drain a", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  counter_stocks_softirq_against_dead() {
    this->template add_softirq<&counter_stocks_softirq_against_dead::receive>(0, *this);
  }
  void receive() { this->a.charge_socket(1); }
  void task(unsigned number) {
    if (number == 0) return this->take_down(1);
    this->a.drain_all();
  }
};

template <class S>
struct counter_stocks_created_at_death : counter_stocks_hotplug_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/stock_before_link_at_death",
      .summary =
          "A CPU goes offline while a group is created, which gets its stock before walks find it.",
      .task_list = {{{"cpu 1 goes offline"}, {"c gets its stock and is linked", {.cpu = 2}}}},
      .nr_cpus = 3,
  };
  counter_stocks_memcg<S> c{*this, "c", &this->root};

  counter_stocks_created_at_death() { this->stock.add(c.memcg()); }
  void task(unsigned number) {
    if (number == 0) return this->take_down(1);
    this->stock.come_online(c.memcg());
    this->stock.link(c.memcg());
  }
};

using counter_stocks_hotplug_scenarios =
    scenario_list<counter_stocks_dead_cpu, counter_stocks_dead_cpu_drained,
                  counter_stocks_dead_cpu_skipped, counter_stocks_dead_and_back,
                  counter_stocks_dead_cpu_of_freed_group, counter_stocks_softirq_against_dead,
                  counter_stocks_created_at_death>;

}  // namespace stockcheck::checks
