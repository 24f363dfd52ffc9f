// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: charges at a limit where stocks leave interrupts on (Linux 6.16).
#pragma once

#include "checks/charge_path/charge_path.hpp"

namespace stockcheck::checks {

template <class S>
struct charge_path_softirq : charge_path_softirq_base<S, typename S::two_slot_stock> {
  static constexpr scenario_info info{
      .name = "charge_path/charge_in_softirq",
      .summary = "A softirq charges in the middle of a charge at the limit.",
      .task_list = {{{"charge a 1; softirq: charge a 1"}, {"charge a 1", {.cpu = 1}}}},
  };
};

template <class S>
struct charge_path_drain_own : charge_path_scenario<S> {
  static constexpr scenario_info info{
      .name = "charge_path/drain_own_cpu",
      .summary =
          "What a charge needs is in the stock of its CPU, for another group: it is drained "
          "before the charge is refused.",
      .task_list = {{{"charge a 2"}, {"charge b 1, no blocking or spinning", {.cpu = 1}}}},
  };

  charge_path_drain_own() : charge_path_scenario<S>(2, {.limit_of_parent = 3}) {
    this->keep(this->b, 2);
  }
  void task(unsigned number) {
    if (number == 0) {
      charged_ = this->charge(this->a, 2);
    } else {
      this->charge(this->b, 1, {.may_block = false, .may_spin = false});
    }
  }
  void check() override { this->promise(charged_, "a charge was refused before a drain"); }

 private:
  bool charged_ = false;
};

using charge_path_trylock_scenarios = scenario_list<charge_path_softirq, charge_path_drain_own>;

}  // namespace stockcheck::checks
