// SPDX-License-Identifier: GPL-2.0-only
// Lesson 10: the last reference, and what is done after it is gone.
#pragma once

#include "checks/learn/lesson.hpp"
#include "model/kernel/css.hpp"

namespace stockcheck::checks::lessons {

template <class S, bool uncharge_first>
struct last_reference : lesson<S> {
  using A = typename S::atomics;

  /// Two references: each task has one.
  last_reference() { css.get(); }

  void task(unsigned) {
    if (uncharge_first) uncharge();
    css.put();
    if (!uncharge_first) uncharge();
  }
  void uncharge() {
    A::expect(freed.load(order::relaxed) == 0, oracle::references,
              "a group is used after it was freed");
    usage.sub(1);
  }
  void check() override {
    this->promise("usage", usage.read(), 0, oracle::conservation, "pages are left");
  }

  kernel::atomic_long_t<A> usage{2};
  typename A::template atomic<int> freed{0};
  kernel::css_ref<A> css{
      "group",
      [](void* self) { static_cast<last_reference*>(self)->freed.store(1, order::relaxed); }, this};
};

template <class S>
struct reference_dies_too_early : last_reference<S, false> {
  static constexpr scenario_info info{
      .name = "learn/10_reference_dies_too_early",
      .summary = "Two tasks put their reference to a group, and then uncharge their page.",
      .task_list = {{{"put, uncharge 1"}, {"put, uncharge 1", {.cpu = 1}}}},
      .known = known_property{oracle::references, "lesson-reference-dies-too-early"},
  };
};
template <class S>
struct reference_goes_last : last_reference<S, true> {
  static constexpr scenario_info info{
      .name = "learn/10_reference_goes_last",
      .summary = "Two tasks uncharge their page, and then put their reference to the group.",
      .task_list = {{{"uncharge 1, put"}, {"uncharge 1, put", {.cpu = 1}}}},
  };
};

}  // namespace stockcheck::checks::lessons
