// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: groups and CPUs come and go while stocks with several slots name them.
#pragma once

#include "checks/page_stock/cpus_of_page_stocks.hpp"
#include "checks/page_stock/seven_slot_scenario.hpp"

namespace stockcheck::checks {

template <class S>
struct seven_slot_offline_group : two_slot_drain<S> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/offline_group",
      .summary = "A group goes offline while a CPU still returns pages of it to its stock.",
      .task_list = {{{"return a 1, unpin a"}, {"remove a", {.cpu = 1}}}},
  };

  seven_slot_offline_group() : two_slot_drain<S>(2) {
    this->keep(this->a, 2);
    this->a.pin();
    this->a.charge_socket(1);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->a.uncharge_socket(1);
      this->a.unpin();
    } else {
      this->a.go_offline();
    }
  }
};

template <class S>
struct seven_slot_freed_group : beside_third_group<two_slot_scenario<S>> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/freed_group",
      .summary =
          "The last reference of a group is that of a slot, which another group takes while a "
          "drain looks at it.",
      .task_list = {{{"charge c 1, free a"}, {"drain root", {.cpu = 1}}}},
  };

  seven_slot_freed_group() { this->a.put_own_reference(); }
  void task(unsigned number) {
    if (number == 0) {
      this->c.charge(1);
      this->a.free_if_released();
    } else {
      this->root.drain_all();
    }
  }
};

template <class S>
struct seven_slot_isolated_cpu : isolated_at_first<two_slot_scenario<S>> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/isolated_cpu",
      .summary =
          "A drain finds a CPU isolated, which soon after is not any more: the next drain "
          "reaches it.",
      .task_list = {{{"drain a, end isolation, drain a"}, {"charge a 1", {.cpu = 1}}}},
  };

  seven_slot_isolated_cpu() : isolated_at_first<two_slot_scenario<S>>(4) {
    this->keep(this->a, 3, 1);
    this->stock.isolate(1);
  }
  void check() override {
    S::atomics::expect(this->stocked_on(1, this->a) == 0, oracle::scenario,
                       "a CPU that is not isolated any more was not drained");
  }
};

template <class S>
struct seven_slot_dead_cpu : two_slot_drain<S> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/dead_cpu",
      .summary = "A CPU goes away with pages of two groups while another CPU charges one of them.",
      .task_list = {{{"take cpu 1 down"}, {"charge a 1", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  seven_slot_dead_cpu() : two_slot_drain<S>(2) {
    this->keep(this->a, 2, 1);
    this->keep(this->b, 1, 1);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->take_down(1);
    } else {
      this->a.charge(1);
    }
  }
};

template <class S>
struct seven_slot_flag_of_dead_cpu : two_slot_drain<S> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/drain_of_dying_cpu",
      .summary = "A CPU goes away while another one asks it for a drain.",
      .task_list = {{{"take cpu 1 down"}, {"drain a", {.cpu = 2}}}},
      .nr_cpus = 3,
      .known = known_property{oracle::progress, "mark-of-dead-cpu"},
  };

  seven_slot_flag_of_dead_cpu() : two_slot_drain<S>(2) { this->keep(this->a, 2, 1); }
  void task(unsigned number) {
    if (number == 0) {
      this->take_down(1);
    } else {
      this->drain(this->a);
    }
  }
};

template <class S>
struct seven_slot_cpu_comes_back : two_slot_drain<S> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/cpu_comes_back",
      .summary = "A CPU goes away and comes back while a group that it kept pages of is charged.",
      .task_list = {{{"take cpu 1 down, bring it up, drain b"}, {"charge b 1", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  seven_slot_cpu_comes_back() : two_slot_drain<S>(2) {
    this->keep(this->a, 2, 1);
    this->keep(this->b, 2, 1);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->take_down(1);
      this->online.bring_up(1);
      this->drain(this->b);
    } else {
      this->b.charge(1);
    }
  }
};

template <class S>
struct seven_slot_isolation : isolated_for_a_moment<two_slot_scenario<S>> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/isolation",
      .summary = "A CPU is isolated for a moment while it charges and others ask it to drain.",
      .task_list = {{{"isolate cpu 1, end isolation", {.cpu = 2}},
                     {"drain a"},
                     {"charge a 1, charge a 1, drain work", {.cpu = 1}}}},
      .nr_cpus = 3,
  };

  seven_slot_isolation() : isolated_for_a_moment<two_slot_scenario<S>>(2) {
    this->keep(this->a, 1, 1);
  }
};

template <class S>
struct seven_slot_dead_beside_work : dead_beside_worker<two_slot_scenario<S>> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/dead_beside_work",
      .summary = "A CPU goes away while another one runs its drain work.",
      .task_list = {{{"drain work"}, {"take cpu 1 down", {.cpu = 2}}, {"drain a", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  seven_slot_dead_beside_work() : dead_beside_worker<two_slot_scenario<S>>(2) {
    this->keep(this->a, 1);
    this->keep(this->b, 2, 1);
  }
};

template <class S>
struct seven_slot_large_return : two_slot_drain<S> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/large_return",
      .summary = "More than a batch is returned at once: it goes past the stock.",
      .task_list = {{{"return a 3"}, {"charge b 1"}}},
      .nr_cpus = 1,
  };

  seven_slot_large_return() : two_slot_drain<S>(2) { this->a.charge_socket(3); }
  void task(unsigned number) {
    if (number == 0) {
      this->a.uncharge_socket(3);
    } else {
      this->b.charge(1);
    }
  }
};

using seven_slot_stock_lifetime_scenarios =
    scenario_list<seven_slot_offline_group, seven_slot_freed_group, seven_slot_isolated_cpu,
                  seven_slot_dead_cpu, seven_slot_flag_of_dead_cpu, seven_slot_cpu_comes_back,
                  seven_slot_isolation, seven_slot_dead_beside_work, seven_slot_large_return>;

}  // namespace stockcheck::checks
