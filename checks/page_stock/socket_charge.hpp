// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: memory of sockets, which is uncharged into the stocks.
#pragma once

#include "checks/page_stock/page_stock_groups.hpp"
#include "model/kernel/irq.hpp"

namespace stockcheck::checks {

template <class S>
struct socket_uncharge_against_drain : one_slot_single<S> {
  static constexpr scenario_info info{
      .name = "socket_charge/uncharge_against_drain",
      .summary = "A CPU gets the pages of a socket into its stock while another one drains it.",
      .task_list = {{{"uncharge 1, charge 1"}, {"drain a", {.cpu = 1}}}},
  };

  socket_uncharge_against_drain() : one_slot_single<S>(2) { this->a.charge_socket(2); }
  void task(unsigned number) {
    if (number == 1) return this->a.drain_all();
    this->a.uncharge_socket(1);
    this->a.charge_socket(1);
  }
};

template <class S>
struct socket_two_cpus : one_slot_single<S> {
  static constexpr scenario_info info{
      .name = "socket_charge/two_cpus",
      .summary = "A socket is charged on one CPU and uncharged on another: the pages stay there.",
      .task_list = {{{"charge 1"}, {"uncharge 1", {.cpu = 1}}}},
  };

  socket_two_cpus() : one_slot_single<S>(2) { this->a.charge_socket(2); }
  void task(unsigned number) {
    if (number == 0) {
      this->a.charge_socket(1);
    } else {
      this->a.uncharge_socket(1);
    }
  }
};

template <class S>
struct socket_more_than_a_batch : one_slot_single<S> {
  static constexpr scenario_info info{
      .name = "socket_charge/more_than_a_batch",
      .summary =
          "More than a batch is uncharged: it goes back at once, with what was in the stock.",
      .task_list = {{{"uncharge 3"}, {"charge 1"}}},
      .nr_cpus = 1,
  };

  socket_more_than_a_batch() : one_slot_single<S>(2) { this->a.charge_socket(3); }
  void task(unsigned number) {
    if (number == 0) {
      this->a.uncharge_socket(3);
    } else {
      this->a.charge_socket(1);
    }
  }
};

template <class S>
struct socket_softirq_uncharge : uncharged_in_softirq<one_slot_single<S>> {
  static constexpr scenario_info info{
      .name = "socket_charge/softirq_uncharge",
      .summary = "A softirq uncharges into the stock that the interrupted task takes from.",
      .task_list = {{{"charge 1, charge 1; softirq: uncharge 1 of a socket"}}},
      .nr_cpus = 1,
  };
};

template <class S>
struct socket_two_groups : one_slot_pair<S> {
  static constexpr scenario_info info{
      .name = "socket_charge/two_groups",
      .summary = "Sockets of two groups are uncharged on one CPU, in a task and in a softirq.",
      .task_list = {{{"uncharge 1 of a, 1 of a; softirq: uncharge 1 of b"}}},
      .nr_cpus = 1,
  };

  socket_two_groups() : one_slot_pair<S>(2) {
    this->a.charge_socket(2);
    this->b.charge_socket(2);
    this->template add_softirq<&socket_two_groups::receive>(0, *this);
  }
  void receive() { this->b.uncharge_socket(1); }
  void task(unsigned) {
    this->a.uncharge_socket(1);
    this->a.uncharge_socket(1);
  }
};

template <class S>
struct socket_limit : one_slot_below_limit<S> {
  static constexpr scenario_info info{
      .name = "socket_charge/limit",
      .summary = "Two sockets race for the last page; one is refused unless the other gives some.",
      .task_list = {{{"charge 1"}, {"charge 1, uncharge 1", {.cpu = 1}}}},
  };

  socket_limit() : one_slot_below_limit<S>(2, 1) {}
  void task(unsigned number) {
    if (this->a.charge_socket(1) && number == 1) this->a.uncharge_socket(1);
  }
};

template <class S>
struct socket_migration : one_slot_single<S> {
  static constexpr scenario_info info{
      .name = "socket_charge/migration",
      .summary = "A task that charges a socket and uncharges it is moved to another CPU meanwhile.",
      .task_list = {{{"charge 1, uncharge 1", {.migrations = 1}}, {"uncharge 1", {.cpu = 1}}}},
  };

  socket_migration() : one_slot_single<S>(2) { this->a.charge_socket(1); }
  void task(unsigned number) {
    if (number == 0) this->a.charge_socket(1);
    this->a.uncharge_socket(1);
  }
};

template <class S>
struct socket_bh_off : one_slot_pair<S> {
  static constexpr scenario_info info{
      .name = "socket_charge/softirqs_off",
      .summary =
          "A task has softirqs off while it uncharges and charges: none of them takes its page out "
          "of the stock meanwhile.",
      .task_list = {{{"softirqs off: uncharge a 1, charge a 1; softirq: uncharge b 1"},
                     {"charge a 1; softirq: uncharge b 1"}}},
      .nr_cpus = 1,
  };

  socket_bh_off() : one_slot_pair<S>(2) {
    this->a.charge_socket(1);
    this->b.charge_socket(2);
    this->template add_softirq<&socket_bh_off::receive>(0, *this);
  }
  void receive() { this->b.uncharge_socket(1); }
  void task(unsigned number) {
    if (number == 1) {
      this->a.charge(1);
      return;
    }
    const kernel::bh_guard<typename S::atomics> softirqs_off;
    const unsigned& came = kernel::machine<typename S::atomics>::current().self().interrupts.came;
    const unsigned before = came;
    this->a.uncharge_socket(1);
    this->a.charge_socket(1);
    S::atomics::expect(came == before, oracle::scenario, "a softirq came although softirqs are off",
                       {{"handlers", static_cast<long>(came - before)}});
  }
};

// Known properties ------------------------------------------------------------------------------

template <class S>
struct socket_of_removed_group : one_slot_single<S> {
  static constexpr scenario_info info{
      .name = "socket_charge/removed_group",
      .summary =
          "A socket outlives its group and is uncharged after the drain: the stock names the "
          "group again, and keeps it alive.",
      .task_list = {{{"uncharge 1, the socket is closed"}, {"a goes offline", {.cpu = 1}}}},
      .known = known_property{oracle::references, "removed-group-restocked"},
  };

  socket_of_removed_group() : one_slot_single<S>(2) {
    this->a.pin();
    this->a.charge_socket(2);
  }
  void task(unsigned number) {
    if (number == 1) return this->a.go_offline();
    this->a.uncharge_socket(2);
    this->a.unpin();
  }
  void check() override {
    S::atomics::expect(this->a.memcg().is_freed(), oracle::references,
                       "a removed group that nobody uses is kept by a stock",
                       {{"a", this->a.memcg().references()}});
  }
};

using socket_charge_scenarios =
    scenario_list<socket_uncharge_against_drain, socket_two_cpus, socket_more_than_a_batch,
                  socket_softirq_uncharge, socket_two_groups, socket_limit, socket_of_removed_group,
                  socket_migration, socket_bh_off>;

}  // namespace stockcheck::checks
