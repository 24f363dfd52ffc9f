// SPDX-License-Identifier: GPL-2.0-only
// Lesson 5: why a value-returning atomic operation of the kernel is fully ordered.
#pragma once

#include "checks/learn/lesson.hpp"

namespace stockcheck::checks::lessons {

template <class S, bool full>
struct charge_against_limit : lesson<S> {
  kernel::atomic_long_t<typename S::atomics> usage;
  kernel::atomic_long_t<typename S::atomics> max{1};
  bool charged = false;
  bool lowered = false;

  /// Each writes what the other one reads: both may not miss it.
  void task(unsigned number) {
    if (number == 0) {
      const long now = full ? usage.add_return(1) : usage.add_return_relaxed(1);
      charged = now <= max.read();
      if (!charged) usage.sub(1);
    } else {
      const long old = full ? max.xchg(0) : max.xchg_relaxed(0);
      lowered = usage.read() == 0;
      if (!lowered) max.set(old);
    }
  }
  void check() override {
    this->promise("charged above the new limit", charged && lowered ? 1 : 0, 0, oracle::overcharge,
                  "a page was charged although the limit was lowered to 0");
  }
};

template <class S>
struct relaxed_operations : charge_against_limit<S, false> {
  static constexpr scenario_info info{
      .name = "learn/05_relaxed_operations",
      .summary = "A task charges and reads the limit; another lowers it and reads the usage.",
      .task_list = {{{"charge 1"}, {"set max to 0", {.cpu = 1}}}},
      .known = known_property{oracle::overcharge, "lesson-fully-ordered"},
  };
};
template <class S>
struct fully_ordered_operations : charge_against_limit<S, true> {
  static constexpr scenario_info info{
      .name = "learn/05_fully_ordered_operations",
      .summary = "The same with fully ordered operations: one of them sees the other.",
      .task_list = {{{"charge 1"}, {"set max to 0", {.cpu = 1}}}},
  };
};

}  // namespace stockcheck::checks::lessons
