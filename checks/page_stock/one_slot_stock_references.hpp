// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: who keeps a memory cgroup alive that stocks name.
#pragma once

#include "checks/page_stock/page_stock_groups.hpp"

namespace stockcheck::checks {

template <class S>
struct one_slot_offline : one_slot_single<S> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/offline",
      .summary = "A group is removed while its last page is uncharged on a CPU that keeps others.",
      .task_list = {{{"uncharge 1"}, {"a goes offline", {.cpu = 1}}}},
  };

  one_slot_offline() : one_slot_single<S>(2) { this->a.charge(1); }
  void task(unsigned number) {
    if (number == 0) {
      this->a.uncharge(1);
    } else {
      this->a.go_offline();
    }
  }
};

template <class S>
struct one_slot_last_page : one_slot_single<S> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/last_page",
      .summary = "The last page of a removed group is uncharged while its CPU is drained.",
      .task_list = {{{"uncharge 1", {.cpu = 1}}, {"drain root"}}},
  };

  one_slot_last_page() : one_slot_single<S>(2) {
    this->a.charge(1);
    this->a.put_own_reference();
  }
  void task(unsigned number) {
    if (number == 0) {
      this->a.uncharge(1);
    } else {
      this->root.drain_all();
    }
  }
};

template <class S>
struct one_slot_switch_frees : switched_out<one_slot_pair<S>> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/switch_frees",
      .summary = "A CPU caches another group; the one it had before is gone with that.",
      .task_list = {{{"charge b 1"}, {"uncharge a 1", {.cpu = 1}}}},
  };
};

template <class S>
struct one_slot_peek_pinned : one_slot_single<S> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/peek_pinned",
      .summary =
          "The last page of a removed group goes while another CPU looks at the stock that "
          "names it: the stock keeps it alive.",
      .task_list = {{{"drain root"}, {"uncharge 1, free a if it can be", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  one_slot_peek_pinned() : one_slot_single<S>(2) {
    this->on_cpu(1, [this] { this->a.charge(1); });
    this->a.put_own_reference();
  }
  void task(unsigned number) {
    if (number == 0) return this->root.drain_all();
    this->a.uncharge(1);
    this->a.free_if_released();
  }
};

template <class S>
struct one_slot_peek_at_drain : one_slot_single<S> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/peek_at_drain",
      .summary =
          "The drain work drops the last reference, and the group is freed, while another CPU "
          "looks at the stock: an empty one is looked at no further.",
      .task_list = {{{"drain root"}, {"worker, free a if it can be", {.cpu = 1}}}},
  };

  one_slot_peek_at_drain() : one_slot_single<S>(2) {
    this->on_cpu(1, [this] { this->a.charge_socket(1); });
    this->on_cpu(1, [this] { this->a.uncharge_socket(1); });
    this->a.go_offline();
  }
  void task(unsigned number) {
    if (number == 0) return this->root.drain_all();
    this->stock.work().work_on(1, [] { return true; });
    this->a.free_if_released();
  }
};

// Known properties ------------------------------------------------------------------------------

template <class S>
struct one_slot_put_before_unpublish : peeked_at<one_slot_pair<S>> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/put_before_unpublish",
      .summary =
          "The reference of a stock goes before its pointer: who takes the pointer in between "
          "is not waited for, and may then meet the pages of the next group.",
      .task_list = {{{"free a if it can be", {.cpu = 2}},
                     {"drain root", {.cpu = 1}},
                     {"uncharge 1 of a socket of b"}}},
      .nr_cpus = 3,
      .known = known_property{oracle::references, "put-before-unpublish"},
  };

  one_slot_put_before_unpublish() { this->a.uncharge(1); }
};

template <class S>
struct one_slot_empty_stock_pins : one_slot_single<S> {
  static constexpr scenario_info info{
      .name = "one_slot_stock/empty_stock_pins",
      .summary = "A stock that is empty but names a group keeps it alive: no drain clears it.",
      .task_list = {{{"uncharge 1, uncharge 1"}, {"a goes offline", {.cpu = 1}}}},
      .known = known_property{oracle::references, "empty-stock-pins"},
  };

  // Set-up runs on CPU 0 and uses up what is in its stock.
  one_slot_empty_stock_pins() : one_slot_single<S>(2) {
    this->a.charge(1);
    this->a.charge(1);
  }
  void task(unsigned number) {
    if (number == 1) return this->a.go_offline();
    this->a.uncharge(1);
    this->a.uncharge(1);
  }
  void check() override {
    S::atomics::expect(this->a.memcg().is_freed(), oracle::references,
                       "a removed group that has no pages is kept by a stock",
                       {{"a", this->a.memcg().references()}});
  }
};

using one_slot_stock_references_scenarios =
    scenario_list<one_slot_offline, one_slot_last_page, one_slot_switch_frees, one_slot_peek_pinned,
                  one_slot_peek_at_drain, one_slot_put_before_unpublish, one_slot_empty_stock_pins>;

}  // namespace stockcheck::checks
