// SPDX-License-Identifier: GPL-2.0-only
// Lesson 9: a handler that asks whether what it interrupted is using the data.
#pragma once

#include "checks/learn/lesson.hpp"
#include "model/kernel/local_lock.hpp"

namespace stockcheck::checks::lessons {

template <class S, bool asks>
struct locked_consume : lesson<S> {
  using A = typename S::atomics;
  kernel::word<A, long> stock{2};
  kernel::atomic_long_t<A> usage{2};
  kernel::local_trylock_t<A> lock;

  locked_consume() {
    kernel::machine<A>::current().add_interrupt(
        {.run = [](void* self) { static_cast<locked_consume*>(self)->handle(); },
         .argument = this});
  }
  auto of_this_cpu() {
    return [this](unsigned) -> kernel::local_trylock_t<A>& { return lock; };
  }
  void task(unsigned) {
    const kernel::local_trylock_guard<A> guard(of_this_cpu());
    WRITE_ONCE(stock, READ_ONCE(stock) - 1);
    ++live;
  }
  /// A page is given back: to the stock, or past it.
  void handle() {
    const kernel::local_trylock_guard<A> guard(of_this_cpu());
    --live_of_handler;
    if (asks && !guard.owns_lock()) {
      usage.sub(1);
    } else {
      WRITE_ONCE(stock, READ_ONCE(stock) + 1);
    }
  }
  void check() override {
    this->promise("usage - stock - live", usage.read() - READ_ONCE(stock) - live - live_of_handler,
                  0, oracle::conservation, "a page is neither in the stock nor in use");
  }

  long live = 0;
  long live_of_handler = 0;
};

template <class S>
struct trylock_ignored : locked_consume<S, false> {
  static constexpr scenario_info info{
      .name = "learn/09_trylock_ignored",
      .summary = "A handler gives a page to the stock, whether or not it got the lock.",
      .task_list = {{{"consume 1, interrupted"}}},
      .nr_cpus = 1,
      .known = known_property{oracle::conservation, "lesson-trylock"},
  };
};
template <class S>
struct trylock_respected : locked_consume<S, true> {
  static constexpr scenario_info info{
      .name = "learn/09_trylock_respected",
      .summary = "A handler that does not get the lock leaves the stock alone.",
      .task_list = {{{"consume 1, interrupted"}}},
      .nr_cpus = 1,
  };
};

}  // namespace stockcheck::checks::lessons
