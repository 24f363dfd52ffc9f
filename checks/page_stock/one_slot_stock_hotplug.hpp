// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: CPUs with something in their slot that go offline.
#pragma once

#include "checks/page_stock/cpus_of_page_stocks.hpp"
#include "checks/page_stock/page_stock_groups.hpp"

namespace stockcheck::checks {

/// CPU 1 keeps pages of the group. No task runs there.
template <class S>
struct one_slot_hotplug : one_slot_single<S> {
  one_slot_hotplug() : one_slot_single<S>(4) {
    this->on_cpu(1, [this] { this->a.charge(1); });
  }
};

template <class S>
struct one_slot_dead_cpu : one_slot_hotplug<S> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/dead_cpu",
      .summary = "A CPU goes offline: its pages go back while others charge the group.",
      .task_list = {{{"cpu 1 goes offline"}, {"charge 1, uncharge 1", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  void task(unsigned number) {
    if (number == 0) return this->take_down(1);
    if (this->a.charge(1)) this->a.uncharge(1);
  }
};

template <class S>
struct one_slot_dead_and_back : one_slot_hotplug<S> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/dead_and_back",
      .summary = "A CPU goes offline and comes back while its stock is being drained.",
      .task_list = {{{"cpu 1 goes offline and online"}, {"uncharge 1", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  void task(unsigned number) {
    if (number == 1) return this->a.uncharge(1);
    this->take_down(1);
    this->online.bring_up(1);
  }
  void check() override {
    S::atomics::expect(this->stocked(this->a) == 0, oracle::leak,
                       "a CPU comes back with the pages it had", {{"a", this->stocked(this->a)}});
  }
};

template <class S>
struct one_slot_dead_cpu_skipped : dead_cpu_skipped<one_slot_hotplug<S>> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/dead_cpu_skipped",
      .summary = "All CPUs are drained once one of them is offline: it is left alone.",
      .task_list = {{{"cpu 1 goes offline, drain a"}, {"charge 1", {.cpu = 2}}}},
      .nr_cpus = 3,
  };
};

template <class S>
struct one_slot_charge_on_dying_cpu : one_slot_single<S> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/softirq_against_dead",
      .summary = "The dead CPU is drained by a task that a softirq interrupts with a charge.",
      .task_list = {{{"cpu 1 goes offline; softirq: charge 1"}}},
  };

  one_slot_charge_on_dying_cpu() : one_slot_single<S>(2) {
    this->on_cpu(1, [this] { this->a.charge(1); });
    this->template add_softirq<&one_slot_charge_on_dying_cpu::receive>(0, *this);
  }
  void receive() { this->a.charge_socket(1); }
  void task(unsigned) { this->take_down(1); }
};

template <class S>
struct one_slot_dead_beside_worker : dead_beside_worker<one_slot_pair<S>> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/dead_beside_worker",
      .summary = "A CPU goes offline while another one runs its drain work.",
      .task_list = {{{"worker"}, {"cpu 1 goes offline", {.cpu = 2}}, {"drain a", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  one_slot_dead_beside_worker() : dead_beside_worker<one_slot_pair<S>>(2) {
    this->a.charge(1);
    this->on_cpu(1, [this] { this->b.charge(1); });
  }
};

// Known properties ------------------------------------------------------------------------------

template <class S>
struct one_slot_work_of_dead_cpu : one_slot_hotplug<S> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/work_of_dead_cpu",
      .summary = "A CPU goes offline before it runs its drain work, which then drains another one.",
      .task_list = {{{"cpu 1 goes offline"}, {"drain a", {.cpu = 2}}}},
      .nr_cpus = 3,
      .known = known_property{oracle::progress, "mark-of-dead-cpu"},
  };

  void task(unsigned number) {
    if (number == 0) return this->take_down(1);
    this->a.drain_all();
  }
};

using one_slot_stock_hotplug_scenarios =
    scenario_list<one_slot_dead_cpu, one_slot_dead_and_back, one_slot_dead_cpu_skipped,
                  one_slot_charge_on_dying_cpu, one_slot_work_of_dead_cpu,
                  one_slot_dead_beside_worker>;

}  // namespace stockcheck::checks
