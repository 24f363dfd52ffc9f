// SPDX-License-Identifier: GPL-2.0-only
// Lesson 2: a limit that is looked at before the charge, or after it.
#pragma once

#include "checks/learn/lesson.hpp"

namespace stockcheck::checks::lessons {

template <class S, bool charge_first>
struct charges_of_last_page : lesson<S> {
  static constexpr long max = 1;
  kernel::atomic_long_t<typename S::atomics> usage;

  void task(unsigned) {
    if (charge_first) {
      if (usage.add_return(1) > max) usage.sub(1);
    } else {
      if (usage.read() + 1 <= max) usage.add(1);
    }
  }
  void check() override {
    this->promise("above the limit", usage.read() > max ? 1 : 0, 0, oracle::overcharge,
                  "more is charged than the limit allows");
  }
};

template <class S>
struct check_then_act : charges_of_last_page<S, false> {
  static constexpr scenario_info info{
      .name = "learn/02_check_then_act",
      .summary = "Two tasks look whether the last page is free, and then charge it.",
      .task_list = {{{"charge 1 of 1"}, {"charge 1 of 1", {.cpu = 1}}}},
      .known = known_property{oracle::overcharge, "lesson-check-then-act"},
  };
};
template <class S>
struct act_then_check : charges_of_last_page<S, true> {
  static constexpr scenario_info info{
      .name = "learn/02_act_then_check",
      .summary = "Two tasks charge the last page, and take it back if that was too much.",
      .task_list = {{{"charge 1 of 1"}, {"charge 1 of 1", {.cpu = 1}}}},
  };
};

}  // namespace stockcheck::checks::lessons
