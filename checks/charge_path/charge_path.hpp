// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: charges at a limit, which are refused, forced, or served by less than a batch.
#pragma once

#include "checks/charge_path/charge_path_scenario.hpp"

#include <array>

namespace stockcheck::checks {

template <class S>
struct charge_path_batch_fallback : charge_path_scenario<S> {
  static constexpr scenario_info info{
      .name = "charge_path/batch_fallback",
      .summary = "There is room for two charges, but not for two batches: neither is refused.",
      .task_list = {{{"charge a 1, no blocking"}, {"charge b 1, no blocking", {.cpu = 1}}}},
  };

  charge_path_batch_fallback() : charge_path_scenario<S>(2, {.limit_of_parent = 3}) {}
  void task(unsigned number) {
    charged_.at(number) = this->charge(number == 0 ? this->a : this->b, 1, {.may_block = false});
  }
  void check() override { this->promise(charged_[0] && charged_[1], "a charge was refused"); }

 private:
  std::array<bool, 2> charged_{};
};

template <class S>
struct charge_path_large_charge : charge_path_scenario<S> {
  static constexpr scenario_info info{
      .name = "charge_path/large_charge_hides_room",
      .summary = "A charge that fits should succeed while one that does not fit is refused.",
      .task_list = {{{"charge a 3, no blocking"}, {"charge b 1, no blocking", {.cpu = 1}}}},
      .known = known_property{oracle::scenario, "false-refusal"},
  };

  charge_path_large_charge() : charge_path_scenario<S>(1, {.limit_of_parent = 2}) {}
  void task(unsigned number) {
    if (number == 0) {
      this->charge(this->a, 3, {.may_block = false});
    } else {
      charged_ = this->charge(this->b, 1, {.may_block = false});
    }
  }
  void check() override { this->promise(charged_, "a charge that fits was refused"); }

 private:
  bool charged_ = false;
};

template <class S>
struct charge_path_memsw_undo : charge_path_scenario<S> {
  static constexpr scenario_info info{
      .name = "charge_path/memsw_undo",
      .summary = "Memory is at its limit when memory and swap are charged already.",
      .task_list = {{{"charge a 2, no blocking"}, {"charge a 1, no blocking", {.cpu = 1}}}},
  };

  charge_path_memsw_undo() : charge_path_scenario<S>(1, {.with_memsw = true}) {
    this->a.set_max(2);
  }
  void task(unsigned number) { this->charge(this->a, number == 0 ? 2 : 1, {.may_block = false}); }
};

template <class S>
struct charge_path_memsw_limit : charge_path_scenario<S> {
  static constexpr scenario_info info{
      .name = "charge_path/memsw_limit",
      .summary = "Memory and swap are at their limit: a batch does not fit, one page does.",
      .task_list = {{{"charge a 1, no blocking"}, {"charge a 1, no blocking", {.cpu = 1}}}},
  };

  charge_path_memsw_limit() : charge_path_scenario<S>(2, {.with_memsw = true}) {
    this->a.memcg().memsw.set_max(1);
  }
  void task(unsigned) { this->charge(this->a, 1, {.may_block = false}); }
};

template <class S>
struct charge_path_memsw_in_stock : charge_path_scenario<S> {
  static constexpr scenario_info info{
      .name = "charge_path/memsw_of_stock",
      .summary = "Stocks keep pages of both counters, and a drain returns them to both.",
      .task_list = {{{"charge a 1"}, {"drain a", {.cpu = 1}}}},
  };

  charge_path_memsw_in_stock() : charge_path_scenario<S>(2, {.with_memsw = true}) {
    this->keep(this->a, 2);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->charge(this->a, 1);
    } else {
      this->a.drain_all();
    }
  }
};

template <class S>
struct charge_path_force : charge_path_scenario<S> {
  static constexpr scenario_info info{
      .name = "charge_path/force",
      .summary = "A charge that must not fail goes above the limit, one that may fail is refused.",
      .task_list = {{{"charge a 1, no fail"}, {"charge a 1, no blocking", {.cpu = 1}}}},
  };

  charge_path_force() : charge_path_scenario<S>(1, {.with_memsw = true}) {
    this->have(this->a, 1);
    this->a.set_max(1);
    this->waive_limits();
  }
  void task(unsigned number) {
    if (number == 0) {
      forced_ = this->charge(this->a, 1, {.may_block = false, .no_fail = true});
    } else {
      charged_ = this->charge(this->a, 1, {.may_block = false});
    }
  }
  void check() override {
    this->promise(forced_, "a charge that must not fail was refused");
    this->promise(!charged_, "a charge that may fail went above the limit");
  }

 private:
  bool forced_ = false;
  bool charged_ = false;
};

template <class S>
struct charge_path_memalloc : charge_path_scenario<S> {
  static constexpr scenario_info info{
      .name = "charge_path/charge_of_reclaimer",
      .summary = "A task that reclaims charges above the limit while pages are uncharged.",
      .task_list = {{{"charge a 2, reclaiming"}, {"uncharge a 1", {.cpu = 1}}}},
  };

  charge_path_memalloc() : charge_path_scenario<S>(2) {
    this->have(this->a, 1);
    this->a.set_max(1);
    this->waive_limits();
  }
  void task(unsigned number) {
    if (number == 0) {
      this->charge(this->a, 2, {.memalloc = true});
    } else {
      this->a.uncharge(1);
    }
  }
};

template <class S>
struct charge_path_set_max : charge_path_scenario<S> {
  static constexpr scenario_info info{
      .name = "charge_path/limit_lowered",
      .summary = "The limit is lowered while a batch is charged.",
      .task_list = {{{"charge a 1, no blocking"}, {"set the limit of a to 1", {.cpu = 1}}}},
  };

  charge_path_set_max() : charge_path_scenario<S>(2) { this->a.set_max(2); }
  void task(unsigned number) {
    if (number == 0) {
      this->charge(this->a, 1, {.may_block = false});
    } else {
      this->a.set_max(1);
    }
  }
};

/// A softirq charges at the limit of the group that its task is charging.
template <class S, class Stock>
struct charge_path_softirq_base : charge_path_base<S, Stock> {
  charge_path_softirq_base() : charge_path_base<S, Stock>(2) {
    this->a.set_max(3);
    this->template add_softirq<&charge_path_softirq_base::receive>(0, *this);
  }
  void receive() { this->charge(this->a, 1, {.may_block = false}); }
  void task(unsigned) { receive(); }
};

template <class S>
struct charge_path_softirq_one_slot : charge_path_softirq_base<S, typename S::one_slot_stock> {
  static constexpr scenario_info info{
      .name = "charge_path/charge_in_softirq_one_slot",
      .summary =
          "A softirq charges in the middle of a charge at the limit; the stock keeps it off.",
      .task_list = {{{"charge a 1; softirq: charge a 1"}, {"charge a 1", {.cpu = 1}}}},
  };
};

using charge_path_scenarios =
    scenario_list<charge_path_batch_fallback, charge_path_large_charge, charge_path_memsw_undo,
                  charge_path_memsw_limit, charge_path_memsw_in_stock, charge_path_force,
                  charge_path_memalloc, charge_path_set_max, charge_path_softirq_one_slot>;

}  // namespace stockcheck::checks
