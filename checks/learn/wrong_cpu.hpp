// SPDX-License-Identifier: GPL-2.0-only
// Lesson 11: "this CPU" is an answer that expires.
#pragma once

#include "checks/learn/lesson.hpp"

namespace stockcheck::checks::lessons {

template <class S, bool stays>
struct stock_of_this_cpu : lesson<S> {
  using A = typename S::atomics;
  kernel::per_cpu<A, kernel::word<A, long>> stocks{2};

  /// The first task may be moved to the CPU of the other one.
  void task(unsigned) {
    if (stays) {
      const kernel::preempt_guard<A> preempt_off;
      add_to(stocks.this_cpu());
    } else {
      add_to(stock_that_was_this_cpus());
    }
  }
  kernel::word<A, long>& stock_that_was_this_cpus() {
    const kernel::preempt_guard<A> preempt_off;
    return stocks.this_cpu();
  }
  static void add_to(kernel::word<A, long>& stock) { WRITE_ONCE(stock, READ_ONCE(stock) + 1); }
  void check() override {
    this->promise("pages", READ_ONCE(stocks.on(0)) + READ_ONCE(stocks.on(1)), 2,
                  oracle::conservation, "a page was lost: two CPUs changed one stock");
  }
};

template <class S>
struct wrong_cpu : stock_of_this_cpu<S, false> {
  static constexpr scenario_info info{
      .name = "learn/11_wrong_cpu",
      .summary = "Tasks find the stock of their CPU, and add to it with preemption on.",
      .task_list = {{{"refill 1", {.cpu = 0, .migrations = 1}}, {"refill 1", {.cpu = 1}}}},
      .known = known_property{oracle::conservation, "lesson-wrong-cpu"},
  };
};
template <class S>
struct preemption_off : stock_of_this_cpu<S, true> {
  static constexpr scenario_info info{
      .name = "learn/11_preemption_off",
      .summary = "Tasks find the stock of their CPU, and add to it, with preemption off.",
      .task_list = {{{"refill 1", {.cpu = 0, .migrations = 1}}, {"refill 1", {.cpu = 1}}}},
  };
};

}  // namespace stockcheck::checks::lessons
