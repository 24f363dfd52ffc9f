// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: stocks with several slots are drained by other CPUs.
#pragma once

#include "checks/page_stock/cpus_of_page_stocks.hpp"
#include "checks/page_stock/seven_slot_scenario.hpp"

namespace stockcheck::checks {

template <class S>
struct seven_slot_charge_against_drain : two_slot_drain<S> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/charge_against_drain",
      .summary =
          "A CPU takes pages of a group from its stock and refills it while another CPU asks "
          "for a drain, which the first one does when it gets to it.",
      .task_list = {{{"charge a 1"}, {"drain a", {.cpu = 1}}, {"drain work"}}},
  };

  seven_slot_charge_against_drain() : two_slot_drain<S>(2) { this->keep(this->a, 1); }
  void task(unsigned number) {
    if (number == 0) {
      this->a.charge(1);
    } else if (number == 1) {
      this->drain(this->a);
    } else {
      this->work_on(0);
    }
  }
};

template <class S>
struct seven_slot_drain_takes_all : two_slot_drain<S> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/drain_takes_all",
      .summary =
          "A drain of one group empties the whole CPU: the other group's next charge finds "
          "nothing, and charges a batch.",
      .task_list = {{{"charge b 1"}, {"drain a", {.cpu = 1}}, {"drain work"}}},
  };

  seven_slot_drain_takes_all() : two_slot_drain<S>(2) {
    this->keep(this->a, 1);
    this->keep(this->b, 1);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->b.charge(1);
    } else if (number == 1) {
      this->drain(this->a);
    } else {
      this->work_on(0);
    }
  }
  void check() override {
    S::atomics::expect(this->stock.pointers(0, this->a.memcg()) == 0, oracle::scenario,
                       "a drain left the group that it was for");
  }
};

template <class S>
struct seven_slot_drain_of_whole_cpu : two_slot_drain<S> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/drain_of_whole_cpu",
      .summary = "A drain of one group returns what the CPU keeps of every group.",
      .task_list = {{{"charge a 1"}, {"drain a", {.cpu = 1}}}},
  };

  seven_slot_drain_of_whole_cpu() : two_slot_drain<S>(4) {
    this->keep(this->a, 3);
    this->keep(this->b, 4);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->a.charge(1);
    } else {
      this->drain(this->a);
    }
  }
  void check() override {
    S::atomics::expect(this->stocked(this->a) + this->stocked(this->b) == 0, oracle::scenario,
                       "a drain left pages on a CPU",
                       {{"a", this->stocked(this->a)}, {"b", this->stocked(this->b)}});
  }
};

template <class S>
struct seven_slot_switch_against_drain : beside_third_group<two_slot_drain<S>> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/switch_against_drain",
      .summary = "A slot goes from one group to another while a drain looks at it.",
      .task_list = {{{"charge c 1"}, {"drain a", {.cpu = 1}}}},
  };

  void task(unsigned number) {
    if (number == 0) {
      this->c.charge(1);
    } else {
      this->drain(this->a);
    }
  }
};

template <class S>
struct seven_slot_two_drains : two_drains_of_all<two_slot_scenario<S>> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/drain_drain",
      .summary = "Two CPUs drain each other and themselves: one of them may give up at once.",
      .task_list = {{{"drain root"}, {"drain root", {.cpu = 1}}}},
  };

  seven_slot_two_drains() : two_drains_of_all<two_slot_scenario<S>>(2) {
    this->keep(this->a, 2);
    this->keep(this->a, 1, 1);
  }
};

template <class S>
struct seven_slot_skipped_drain : two_drains_of_two_groups<two_slot_scenario<S>> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/drain_of_another_group",
      .summary =
          "A drain should return the pages of its group, also while another group is drained.",
      .task_list = {{{"drain a"}, {"drain b", {.cpu = 1}}}},
      .known = known_property{oracle::scenario, "skipped-drain"},
  };

  seven_slot_skipped_drain() : two_drains_of_two_groups<two_slot_scenario<S>>(2) {
    this->keep(this->a, 1);
    this->keep(this->b, 1, 1);
  }
};

template <class S>
struct seven_slot_drain_in_progress : two_slot_drain<S> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/refill_behind_drain",
      .summary = "A CPU returns pages to its stock while its drain work is under way.",
      .task_list = {{{"return a 1"}, {"drain a twice", {.cpu = 1}}, {"drain work"}}},
  };

  seven_slot_drain_in_progress() : two_slot_drain<S>(2) {
    this->keep(this->a, 2);
    this->a.charge_socket(1);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->a.uncharge_socket(1);
    } else if (number == 1) {
      this->a.drain_all();
      this->drain(this->a);
    } else {
      this->work_on(0);
    }
  }
};

template <class S>
struct seven_slot_own_drain : two_slot_drain<S> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/drain_of_own_cpu",
      .summary = "A task drains the CPU that it is on, which it is moved away from at some point.",
      .task_list = {{{"drain a", {.migrations = 1}}, {"charge a 1", {.cpu = 1}}}},
  };

  seven_slot_own_drain() : two_slot_drain<S>(2) {
    this->keep(this->a, 2);
    this->keep(this->a, 1, 1);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->drain(this->a);
    } else {
      this->a.charge(1);
    }
  }
};

template <class S>
struct seven_slot_interrupted_drain : two_slot_drain<S> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/interrupted_drain",
      .summary = "An interrupt returns a page while the stock of its CPU is being drained.",
      .task_list = {{{"drain a; softirq: return a 1"}, {"drain a", {.cpu = 1}}}},
  };

  seven_slot_interrupted_drain() : two_slot_drain<S>(2) {
    this->keep(this->a, 2);
    this->keep(this->b, 1);
    this->a.charge_socket(1);
    this->template add_softirq<&seven_slot_interrupted_drain::interrupt>(0, *this);
  }
  void task(unsigned) { this->drain(this->a); }
  void interrupt() { this->a.uncharge_socket(1); }
};

using seven_slot_stock_drain_scenarios =
    scenario_list<seven_slot_charge_against_drain, seven_slot_drain_takes_all,
                  seven_slot_drain_of_whole_cpu, seven_slot_switch_against_drain,
                  seven_slot_two_drains, seven_slot_skipped_drain, seven_slot_drain_in_progress,
                  seven_slot_own_drain, seven_slot_interrupted_drain>;

}  // namespace stockcheck::checks
