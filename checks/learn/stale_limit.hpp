// SPDX-License-Identifier: GPL-2.0-only
// Lesson 6: a limit that changes after it was read.
#pragma once

#include "checks/learn/lesson.hpp"

namespace stockcheck::checks::lessons {

template <class S, bool looks_again>
struct lower_limit : lesson<S> {
  kernel::atomic_long_t<typename S::atomics> usage;
  kernel::atomic_long_t<typename S::atomics> max{1};
  bool charged = false;
  bool lowered = false;

  void task(unsigned number) {
    if (number == 0) {
      charged = usage.add_return(1) <= max.read();
      if (!charged) usage.sub(1);
      return;
    }
    if (usage.read() > 0) return;
    const long old = max.xchg(0);
    if (looks_again && usage.read() > 0) {
      max.set(old);
      return;
    }
    lowered = true;
  }
  void check() override {
    this->promise("charged above the new limit", charged && lowered ? 1 : 0, 0, oracle::overcharge,
                  "a page was charged although the limit was lowered to 0");
  }
};

template <class S>
struct stale_limit : lower_limit<S, false> {
  static constexpr scenario_info info{
      .name = "learn/06_stale_limit",
      .summary = "The usage is looked at and then the limit is lowered, while somebody charges.",
      .task_list = {{{"charge 1"}, {"set max to 0", {.cpu = 1}}}},
      .known = known_property{oracle::overcharge, "lesson-stale-limit"},
  };
};
template <class S>
struct second_look : lower_limit<S, true> {
  static constexpr scenario_info info{
      .name = "learn/06_second_look",
      .summary = "The usage is looked at again after the limit was lowered.",
      .task_list = {{{"charge 1"}, {"set max to 0", {.cpu = 1}}}},
  };
};

}  // namespace stockcheck::checks::lessons
