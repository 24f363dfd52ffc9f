// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: what is tried before a charge is refused: reclaim, drains, OOM kills, and trying
// again.
#pragma once

#include "checks/charge_path/charge_path_scenario.hpp"

#include <array>

namespace stockcheck::checks {

template <class S>
struct charge_path_drain_other : charge_path_scenario<S> {
  static constexpr scenario_info info{
      .name = "charge_path/drain_other_cpu",
      .summary =
          "What a charge needs is in the stock of another CPU, whose drain may come too late.",
      .task_list = {{{"charge a 2, no retry"}, {"drain work", {.cpu = 1}}}},
  };

  charge_path_drain_other() : charge_path_scenario<S>(2, {.limit_of_parent = 2}) {
    this->keep(this->b, 1, 1);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->charge(this->a, 2, {.no_retry = true});
      charged_.store(1, order::release);
    } else {
      this->stock.work().work_on(1, [this] { return charged_.load(order::acquire) != 0; });
    }
  }
  void check() override {
    this->promise(this->stocked(this->b) == 0, "a charge was refused without a drain");
  }

 private:
  typename S::atomics::template atomic<int> charged_{0};
};

template <class S>
struct charge_path_reclaim_chosen : charge_path_scenario<S> {
  static constexpr scenario_info info{
      .name = "charge_path/reclaim",
      .summary = "Reclaim finds a page or does not, while another task uncharges one or two.",
      .task_list = {{{"charge a 1, retry may fail"}, {"uncharge b 1", {.cpu = 1}}}},
  };

  charge_path_reclaim_chosen() : charge_path_scenario<S>(1, {.limit_of_parent = 2}) {
    this->have(this->a, 1);
    this->have(this->b, 1);
    this->pressure.let_reclaim(this->a, 1);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->charge(this->a, 1, {.retry_may_fail = true});
    } else {
      this->b.uncharge(1);
    }
  }
};

template <class S>
struct charge_path_reclaim_race : charge_path_scenario<S> {
  static constexpr scenario_info info{
      .name = "charge_path/reclaimed_for_another",
      .summary = "What reclaim found for one charge is taken by another one, which does not wait.",
      .task_list = {{{"charge a 1, no retry"}, {"charge b 1, no blocking", {.cpu = 1}}}},
  };

  charge_path_reclaim_race() : charge_path_scenario<S>(1, {.limit_of_parent = 1}) {
    this->have(this->a, 1);
    this->pressure.let_reclaim(this->a, 1);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->charge(this->a, 1, {.no_retry = true});
    } else {
      this->charge(this->b, 1, {.may_block = false});
    }
  }
};

template <class S>
struct charge_path_oom : charge_path_scenario<S> {
  static constexpr scenario_info info{
      .name = "charge_path/oom_kill",
      .summary =
          "A group is out of memory: a task is killed or none, and the charge ends either way.",
      .task_list = {{{"charge a 1"}, {"charge a 1, no blocking", {.cpu = 1}}}},
  };

  charge_path_oom() : charge_path_scenario<S>(1) {
    this->have(this->a, 1);
    this->pressure.let_kill(this->a);
    this->a.set_max(1);
  }
  void task(unsigned number) { this->charge(this->a, 1, {.may_block = number == 0}); }
};

template <class S>
struct charge_path_retries : charge_path_scenario<S> {
  static constexpr scenario_info info{
      .name = "charge_path/retries",
      .summary = "A charge that cannot succeed is repeated as often as it may, and refused.",
      .task_list = {{{"charge a 1"}, {"charge a 1, no blocking", {.cpu = 1}}}},
  };

  charge_path_retries() : charge_path_scenario<S>(1, {.retries = 2}) {
    this->have(this->a, 1);
    this->a.set_max(1);
  }
  void task(unsigned number) {
    if (number == 0) {
      refused_.at(0) = !this->charge(this->a, 1);
    } else {
      refused_.at(1) = !this->charge(this->a, 1, {.may_block = false});
    }
  }
  void check() override {
    this->promise(refused_[0] && refused_[1], "a charge above the limit succeeded");
  }

 private:
  std::array<bool, 2> refused_{};
};

/// A charge of all that the limit allows, of which a part is in use and can be reclaimed.
template <class S, unsigned long Limit>
struct charge_of_the_limit : charge_path_scenario<S> {
  charge_of_the_limit() : charge_path_scenario<S>(1) {
    this->have(this->a, 3);
    this->pressure.let_reclaim(this->a, 2);
    this->a.set_max(Limit);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->charge(this->a, Limit);
    } else {
      this->a.uncharge(1);
    }
  }
};

template <class S>
struct charge_path_bit_by_bit : charge_of_the_limit<S, 3> {
  static constexpr scenario_info info{
      .name = "charge_path/reclaim_bit_by_bit",
      .summary =
          "Reclaim finds a page at a time: a charge of a few goes on as long as it finds any.",
      .task_list = {{{"charge a 3"}, {"uncharge a 1", {.cpu = 1}}}},
  };
};

template <class S>
struct charge_path_costly : charge_of_the_limit<S, 9> {
  static constexpr scenario_info info{
      .name = "charge_path/costly_charge",
      .summary =
          "A charge of many pages is not repeated just because reclaim found one: it is refused, "
          "or finds what others uncharged.",
      .task_list = {{{"charge a 9"}, {"uncharge a 1", {.cpu = 1}}}},
  };
};

template <class S>
struct charge_path_memsw_margin : charge_path_scenario<S> {
  static constexpr scenario_info info{
      .name = "charge_path/memsw_margin",
      .summary = "Memory and swap are full, memory is not: reclaim has to find a page.",
      .task_list = {{{"charge a 1, no retry"}, {"uncharge a 1", {.cpu = 1}}}},
  };

  charge_path_memsw_margin() : charge_path_scenario<S>(1, {.with_memsw = true}) {
    this->have(this->a, 2);
    this->pressure.let_reclaim(this->a, 1);
    this->a.memcg().memsw.set_max(2);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->charge(this->a, 1, {.no_retry = true});
    } else {
      this->a.uncharge(1);
    }
  }
};

template <class S>
struct charge_path_in_oom : charge_path_scenario<S> {
  static constexpr scenario_info info{
      .name = "charge_path/charge_in_oom",
      .summary = "A task that is in an OOM situation already is refused without reclaim.",
      .task_list = {{{"charge a 1, in OOM"}, {"charge a 1", {.cpu = 1}}}},
  };

  charge_path_in_oom() : charge_path_scenario<S>(1) {
    this->have(this->a, 1);
    this->pressure.let_reclaim(this->a, 1);
    this->a.set_max(1);
  }
  void task(unsigned number) { this->charge(this->a, 1, {.in_oom = number == 0}); }
};

/// A charge drains what it needs, while the other group is uncharged.
template <class S, class Stock>
struct charge_path_one_slot_base : charge_path_base<S, Stock> {
  charge_path_one_slot_base() : charge_path_base<S, Stock>(2, {.limit_of_parent = 3}) {
    this->have(this->b, 1);
    this->keep(this->b, 2);
  }
  void task(unsigned number) {
    if (number == 0) {
      charged_ = this->charge(this->a, 1);
    } else {
      this->b.uncharge(1);
    }
  }
  void check() override { this->promise(charged_, "a charge was refused before a drain"); }

 private:
  bool charged_ = false;
};

template <class S>
struct charge_path_one_slot : charge_path_one_slot_base<S, typename S::one_slot_stock> {
  static constexpr scenario_info info{
      .name = "charge_path/one_slot",
      .summary = "A charge at the limit drains the only slot of its CPU, and fills it.",
      .task_list = {{{"charge a 1"}, {"uncharge b 1", {.cpu = 1}}}},
  };
};

using charge_path_reclaim_scenarios =
    scenario_list<charge_path_drain_other, charge_path_reclaim_chosen, charge_path_reclaim_race,
                  charge_path_oom, charge_path_retries, charge_path_one_slot,
                  charge_path_bit_by_bit, charge_path_costly, charge_path_memsw_margin,
                  charge_path_in_oom>;

}  // namespace stockcheck::checks
