// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: groups come online, go offline and are freed, with what their stocks keep.
#pragma once

#include "checks/counter_stock/counter_stocks_scenario.hpp"

namespace stockcheck::checks {

template <class S>
struct counter_stocks_online_first : counter_stocks_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/charged_once_online",
      .summary = "A group is charged as soon as css_online() is done with it, on another CPU.",
      .task_list = {{{"c comes online"}, {"charge c 1 once it is", {.cpu = 1}}}},
  };
  counter_stocks_memcg<S> c{*this, "c", &this->root};

  counter_stocks_online_first() : counter_stocks_scenario<S>(2) {
    this->stock.add(c.memcg());
    this->peak_in_the_past(c);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->stock.link(c.memcg());
      this->stock.come_online(c.memcg());
      // (1) Whoever makes the group known orders what css_online() did before it. Pairs with (2).
      online_.store(1, order::release);
    } else {
      S::atomics::await([this] { return online_.load(order::acquire) != 0; });  // (2)
      c.charge(1);
    }
  }

 private:
  typename S::atomics::template atomic<int> online_{0};
};

template <class S>
struct counter_stocks_restocked : counter_stocks_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/restocked_then_freed",
      .summary = "A socket fills the stock of a group that goes offline: it goes with the group.",
      .task_list = {{{"remove a"}, {"charge a 1, uncharge 1, close the socket", {.cpu = 1}}}},
  };

  counter_stocks_restocked() : counter_stocks_scenario<S>(2) {
    this->fill(this->a);
    this->a.pin();
  }
  void task(unsigned number) {
    if (number == 0) return this->a.go_offline();
    this->a.charge_socket(1);
    this->a.uncharge_socket(1);
    this->a.unpin();
    this->a.free_if_released();
  }
  void check() override {
    this->a.free_if_released();
    S::atomics::expect(this->usage(this->root) == 0, oracle::leak,
                       "pages of a freed group are still charged to its parent",
                       {{"root", this->usage(this->root)}});
  }
};

template <class S>
struct counter_stocks_last_page : counter_stocks_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/last_page",
      .summary = "The last page of an offline group is uncharged while its stock is drained.",
      .task_list = {{{"uncharge a 1, free a"}, {"drain root", {.cpu = 1}}}},
  };

  counter_stocks_last_page() : counter_stocks_scenario<S>(2, {.with_memsw = true}) {
    this->charge(this->a, 1, {.may_block = false});
    this->a.put_own_reference();
  }
  void task(unsigned number) {
    if (number == 1) return this->root.drain_all();
    this->a.uncharge(1);
    this->a.free_if_released();
  }
};

template <class S>
struct counter_stocks_child_freed : counter_stocks_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/child_freed",
      .summary = "A group is freed while its parent, which its pages go back to, is charged.",
      .task_list = {{{"remove and free c"}, {"charge a 1, drain a", {.cpu = 1}}}},
  };
  counter_stocks_memcg<S> c{*this, "c", &this->a};

  counter_stocks_child_freed() : counter_stocks_scenario<S>(2) {
    this->add_group(c);
    this->peak_in_the_past(c);
    this->fill(c, 1);
  }
  void task(unsigned number) {
    if (number == 0) return this->remove(c);
    this->a.charge(1);
    this->a.drain_all();
  }
};

template <class S>
struct counter_stocks_two_freed : counter_stocks_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/two_groups_freed",
      .summary = "Two groups are freed at once; the pages of both go back to their parent.",
      .task_list = {{{"remove and free a"}, {"remove and free b", {.cpu = 1}}}},
  };

  counter_stocks_two_freed() : counter_stocks_scenario<S>(2) {
    this->fill(this->a, 0);
    this->fill(this->b, 0);
  }
  void task(unsigned number) { this->remove(number == 0 ? this->a : this->b); }
  void check() override {
    S::atomics::expect(this->usage(this->root) == 0, oracle::leak,
                       "pages of freed groups are still charged to their parent",
                       {{"root", this->usage(this->root)}});
  }
};

template <class S>
struct counter_stocks_freed_at_online : counter_stocks_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/freed_while_another_comes_online",
      .summary = "A group is freed while another one comes online and is charged.",
      .task_list = {{{"remove and free a"}, {"c comes online, charge c 1", {.cpu = 1}}}},
  };
  counter_stocks_memcg<S> c{*this, "c", &this->root};

  counter_stocks_freed_at_online() : counter_stocks_scenario<S>(2) {
    this->stock.add(c.memcg());
    this->peak_in_the_past(c);
    this->fill(this->a, 0);
  }
  void task(unsigned number) {
    if (number == 0) return this->remove(this->a);
    this->stock.link(c.memcg());
    this->stock.come_online(c.memcg());
    c.charge(1);
  }
};

// Known properties ------------------------------------------------------------------------------

template <class S>
struct counter_stocks_offline_keeps : counter_stocks_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/offline_group_keeps_pages",
      .summary = "A group that went offline should keep nothing in stock.",
      .task_list = {{{"remove a"}, {"charge a 1", {.cpu = 1}}}},
      .known = known_property{oracle::scenario, "offline-group-restocked"},
  };

  counter_stocks_offline_keeps() : counter_stocks_scenario<S>(2) { this->a.pin(); }
  void task(unsigned number) {
    if (number == 0) return this->a.go_offline();
    this->a.charge_socket(1);
  }
  void check() override {
    S::atomics::expect(this->stocked(this->a) == 0, oracle::scenario,
                       "an offline group has pages in stock", {{"a", this->stocked(this->a)}});
  }
};

using counter_stocks_offline_scenarios =
    scenario_list<counter_stocks_online_first, counter_stocks_restocked, counter_stocks_last_page,
                  counter_stocks_child_freed, counter_stocks_offline_keeps,
                  counter_stocks_two_freed, counter_stocks_freed_at_online>;

}  // namespace stockcheck::checks
