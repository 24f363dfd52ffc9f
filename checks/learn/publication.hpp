// SPDX-License-Identifier: GPL-2.0-only
// Lesson 7: something is set up, and then shown to others.
#pragma once

#include "checks/learn/lesson.hpp"

namespace stockcheck::checks::lessons {

template <class S, bool by_release>
struct publish : lesson<S> {
  using A = typename S::atomics;
  kernel::word<A, int> batch;
  kernel::atomic_t<A> is_ready;
  int seen = 64;

  void task(unsigned number) {
    if (number == 0) {
      WRITE_ONCE(batch, 64);
      if (by_release) {
        is_ready.set_release(1);
      } else {
        is_ready.set(1);
      }
    } else if ((by_release ? is_ready.read_acquire() : is_ready.read()) == 1) {
      seen = READ_ONCE(batch);
    }
  }
  void check() override {
    this->promise("batch", seen, 64, oracle::scenario, "a stock was used before it was set up");
  }
};

template <class S>
struct published_too_early : publish<S, false> {
  static constexpr scenario_info info{
      .name = "learn/07_published_too_early",
      .summary = "A batch is set, then a stock is shown; who sees the stock reads the batch.",
      .task_list = {{{"set up a stock"}, {"use it", {.cpu = 1}}}},
      .known = known_property{oracle::scenario, "lesson-publication"},
  };
};
template <class S>
struct published_by_release : publish<S, true> {
  static constexpr scenario_info info{
      .name = "learn/07_published_by_release",
      .summary = "The same by smp_store_release() and smp_load_acquire().",
      .task_list = {{{"set up a stock"}, {"use it", {.cpu = 1}}}},
  };
};

}  // namespace stockcheck::checks::lessons
