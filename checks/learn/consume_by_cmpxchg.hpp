// SPDX-License-Identifier: GPL-2.0-only
// Lesson 4: taking from a stock that another task may empty.
#pragma once

#include "checks/learn/lesson.hpp"

namespace stockcheck::checks::lessons {

template <class S, bool by_cmpxchg>
struct consumer_and_drainer : lesson<S> {
  kernel::atomic_long_t<typename S::atomics> stock{1};
  long consumed = 0;
  long drained = 0;

  void task(unsigned number) {
    if (number == 1) {
      drained = stock.xchg(0);
      return;
    }
    long old = stock.read();
    if (!by_cmpxchg) {
      if (old == 0) return;
      stock.sub(1);
      consumed = 1;
      return;
    }
    while (old > 0)
      if (stock.try_cmpxchg(old, old - 1)) {
        consumed = 1;
        return;
      }
  }
  void check() override {
    this->promise("page in the stock, consumed, or drained", stock.read(), 0, oracle::conservation,
                  "a page was taken twice");
    this->promise("pages taken", consumed + drained, 1, oracle::conservation,
                  "a page was taken twice");
  }
};

template <class S>
struct consume_by_sub : consumer_and_drainer<S, false> {
  static constexpr scenario_info info{
      .name = "learn/04_consume_by_sub",
      .summary = "The owner sees a page in its stock and takes it, while the stock is drained.",
      .task_list = {{{"consume 1"}, {"drain", {.cpu = 1}}}},
      .known = known_property{oracle::conservation, "lesson-consume-by-cmpxchg"},
  };
};
template <class S>
struct consume_by_cmpxchg : consumer_and_drainer<S, true> {
  static constexpr scenario_info info{
      .name = "learn/04_consume_by_cmpxchg",
      .summary = "The owner takes a page only if the stock is what it saw, and is drained.",
      .task_list = {{{"consume 1"}, {"drain", {.cpu = 1}}}},
  };
};

}  // namespace stockcheck::checks::lessons
