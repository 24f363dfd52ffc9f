// SPDX-License-Identifier: GPL-2.0-only
// Lesson 1: a counter that two tasks add to.
#pragma once

#include "checks/learn/lesson.hpp"

namespace stockcheck::checks::lessons {

template <class S, bool atomically>
struct two_charges : lesson<S> {
  kernel::atomic_long_t<typename S::atomics> usage;

  void task(unsigned) {
    if (atomically) {
      usage.add(1);
    } else {
      usage.set(usage.read() + 1);
    }
  }
  void check() override {
    this->promise("usage", usage.read(), 2, oracle::conservation, "a charge was lost");
  }
};

template <class S>
struct lost_update : two_charges<S, false> {
  static constexpr scenario_info info{
      .name = "learn/01_lost_update",
      .summary = "Two tasks add 1 to a counter by a load and a store.",
      .task_list = {{{"charge 1"}, {"charge 1", {.cpu = 1}}}},
      .known = known_property{oracle::conservation, "lesson-lost-update"},
  };
};
template <class S>
struct atomic_add : two_charges<S, true> {
  static constexpr scenario_info info{
      .name = "learn/01_atomic_add",
      .summary = "Two tasks add 1 to a counter by one read-modify-write each.",
      .task_list = {{{"charge 1"}, {"charge 1", {.cpu = 1}}}},
  };
};

}  // namespace stockcheck::checks::lessons
