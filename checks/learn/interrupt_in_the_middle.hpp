// SPDX-License-Identifier: GPL-2.0-only
// Lesson 8: an interrupt handler that uses the same data.
#pragma once

#include "checks/learn/lesson.hpp"

namespace stockcheck::checks::lessons {

template <class S, bool with_irqs_off>
struct interrupted_consume : lesson<S> {
  using A = typename S::atomics;
  kernel::word<A, long> stock{2};

  interrupted_consume() {
    kernel::machine<A>::current().add_interrupt(
        {.run = [](void* self) { static_cast<interrupted_consume*>(self)->handle(); },
         .argument = this});
  }
  void take_one() { WRITE_ONCE(stock, READ_ONCE(stock) - 1); }
  void handle() {
    take_one();
    handled = true;
  }
  void task(unsigned) {
    if (with_irqs_off) {
      const kernel::irq_guard<A> irqs_off;
      take_one();
    } else {
      take_one();
    }
  }
  void check() override {
    this->promise("pages", READ_ONCE(stock), handled ? 0 : 1, oracle::conservation,
                  "a page was taken twice");
  }

  bool handled = false;
};

template <class S>
struct interrupt_in_the_middle : interrupted_consume<S, false> {
  static constexpr scenario_info info{
      .name = "learn/08_interrupt_in_the_middle",
      .summary = "A task takes a page from its CPU's stock, and so does an interrupt handler.",
      .task_list = {{{"consume 1, interrupted"}}},
      .nr_cpus = 1,
      .known = known_property{oracle::conservation, "lesson-interrupt-in-the-middle"},
  };
};
template <class S>
struct interrupts_off : interrupted_consume<S, true> {
  static constexpr scenario_info info{
      .name = "learn/08_interrupts_off",
      .summary = "The same under local_irq_save().",
      .task_list = {{{"consume 1, interrupted"}}},
      .nr_cpus = 1,
  };
};

}  // namespace stockcheck::checks::lessons
