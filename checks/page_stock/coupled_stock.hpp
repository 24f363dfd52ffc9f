// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: stocks until Linux 5.8, where charged pages have references to their memory cgroup
// (coupled), instead of the pointers to it.
#pragma once

#include "checks/charge_path/charge_path_reclaim.hpp"
#include "checks/page_stock/page_stock_groups.hpp"

namespace stockcheck::checks {

template <class S>
struct coupled_consume : coupled_single<S> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/coupled_consume",
      .summary = "References go with the pages, from the stock to a user and back to the counter.",
      .task_list = {{{"charge 1, uncharge 1"}, {"drain a, uncharge 1", {.cpu = 1}}}},
  };

  coupled_consume() : coupled_single<S>(2) { this->a.charge(1); }
  void task(unsigned number) {
    if (number == 0) {
      if (this->a.charge(1)) this->a.uncharge(1);
    } else {
      this->a.drain_all();
      this->a.uncharge(1);
    }
  }
};

template <class S>
struct coupled_switch : switched_out<coupled_pair<S>> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/coupled_switch",
      .summary = "A CPU throws out the pages of a removed group, and the references with them.",
      .task_list = {{{"charge b 1"}, {"uncharge a 1", {.cpu = 1}}}},
  };
};

template <class S>
struct coupled_dead_cpu : coupled_single<S> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/coupled_dead_cpu",
      .summary = "A CPU goes offline: its pages go back, and their references.",
      .task_list = {{{"cpu 1 goes offline"}, {"charge 1", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  coupled_dead_cpu() : coupled_single<S>(4) {
    this->on_cpu(1, [this] { this->a.charge(1); });
  }
  void task(unsigned number) {
    if (number == 0) return this->take_down(1);
    this->a.charge(1);
  }
};

template <class S>
struct coupled_softirq : uncharged_in_softirq<coupled_single<S>> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/coupled_softirq",
      .summary = "A softirq gives the pages of a socket to the stock in the middle of a charge.",
      .task_list = {{{"charge 1, charge 1; softirq: uncharge 1 of a socket"}}},
      .nr_cpus = 1,
  };
};

template <class S>
struct socket_coupled_last_pages : coupled_pair<S> {
  static constexpr scenario_info info{
      .name = "socket_charge/coupled_last_pages",
      .summary =
          "The last pages of a removed group go into a stock and keep it alive there, until "
          "another group is charged.",
      .task_list = {{{"uncharge a 1, the socket is closed"}, {"charge b 1"}}},
      .nr_cpus = 1,
  };

  socket_coupled_last_pages() : coupled_pair<S>(2) {
    this->a.pin();
    this->a.charge_socket(2);
    this->a.put_own_reference();
  }
  void task(unsigned number) {
    if (number == 1) {
      this->b.charge(1);
      return;
    }
    this->a.uncharge_socket(2);
    this->a.unpin();
  }
};

template <class S>
struct charge_path_coupled : charge_path_one_slot_base<S, typename S::coupled_one_slot_stock> {
  static constexpr scenario_info info{
      .name = "charge_path/coupled_references",
      .summary = "A charge at the limit drains its CPU, with a reference for each charged page.",
      .task_list = {{{"charge a 1"}, {"uncharge b 1", {.cpu = 1}}}},
  };
};

// Known properties ------------------------------------------------------------------------------

template <class S>
struct coupled_dangling : peeked_at<coupled_pair<S>> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/coupled_dangling",
      .summary =
          "An empty stock names a group that is gone; who looks at it meets the pages of "
          "another one, and uses the pointer.",
      .task_list = {{{"uncharge a 1, free a", {.cpu = 2}},
                     {"drain root", {.cpu = 1}},
                     {"uncharge 1 of a socket of b"}}},
      .nr_cpus = 3,
      .known = known_property{oracle::references, "coupled-reference-dangles"},
  };

  void free_a() override {
    this->a.uncharge(1);
    this->a.free_if_released();
  }
};

using coupled_stock_scenarios =
    scenario_list<coupled_consume, coupled_switch, coupled_dead_cpu, coupled_softirq,
                  socket_coupled_last_pages, charge_path_coupled, coupled_dangling>;

}  // namespace stockcheck::checks
