// SPDX-License-Identifier: GPL-2.0-only
// Lesson 3: emptying a stock that another task fills.
#pragma once

#include "checks/learn/lesson.hpp"

namespace stockcheck::checks::lessons {

template <class S, bool by_xchg>
struct drain_against_refill : lesson<S> {
  kernel::atomic_long_t<typename S::atomics> stock{2};
  long drained = 0;

  void task(unsigned number) {
    if (number == 0) {
      stock.add(1);
    } else if (by_xchg) {
      drained = stock.xchg(0);
    } else {
      drained = stock.read();
      stock.set(0);
    }
  }
  void check() override {
    this->promise("pages", drained + stock.read(), 3, oracle::conservation,
                  "a page is neither in the stock nor drained");
  }
};

template <class S>
struct drain_by_two_steps : drain_against_refill<S, false> {
  static constexpr scenario_info info{
      .name = "learn/03_drain_by_two_steps",
      .summary = "A stock is read and then set to 0, while its owner puts a page there.",
      .task_list = {{{"refill 1"}, {"drain", {.cpu = 1}}}},
      .known = known_property{oracle::conservation, "lesson-xchg-drain"},
  };
};
template <class S>
struct drain_by_xchg : drain_against_refill<S, true> {
  static constexpr scenario_info info{
      .name = "learn/03_drain_by_xchg",
      .summary = "A stock is exchanged for 0, while its owner puts a page there.",
      .task_list = {{{"refill 1"}, {"drain", {.cpu = 1}}}},
  };
};

}  // namespace stockcheck::checks::lessons
