// SPDX-License-Identifier: GPL-2.0-only
// What several kinds of page stocks meet on their CPUs: these are isolated, go offline, or are
// drained by two at once. `Base` has the groups and what is in the stocks at the beginning.
#pragma once

#include "checks/page_stock/with_worker.hpp"

namespace stockcheck::checks {

/// CPU 1 goes offline before another one drains all.
template <class Base>
struct dead_cpu_skipped : Base {
  using Base::Base;

  void task(unsigned number) {
    if (number == 1) {
      this->a.charge(1);
      return;
    }
    this->take_down(1);
    this->a.drain_all();
  }
};

/// CPU 1 goes offline while the worker of CPU 0 may be at work.
template <class Base>
struct dead_beside_worker : with_worker<Base> {
  using with_worker<Base>::with_worker;

  void task(unsigned number) {
    switch (number) {
      case 0: this->work_on(0); break;
      case 1: this->take_down(1); break;
      default: this->drain(this->a); break;
    }
  }
};

/// CPU 1 is isolated for a moment while it charges and another one drains it.
template <class Base>
struct isolated_for_a_moment : with_worker<Base> {
  using with_worker<Base>::with_worker;

  void task(unsigned number) {
    if (number == 0) {
      this->stock.isolate(1);
      this->stock.end_isolation(1);
    } else if (number == 1) {
      this->drain(this->a);
    } else {
      this->a.charge(1);
      this->a.charge(1);
      this->work_on(1);
    }
  }
};

/// CPU 1, which is isolated at first, is drained when it is isolated no more.
template <class Base>
struct isolated_at_first : Base {
  using Base::Base;

  void task(unsigned number) {
    if (number == 1) {
      this->a.charge(1);
      return;
    }
    this->a.drain_all();
    this->stock.end_isolation(1);
    this->a.drain_all();
  }
};

/// Two CPUs drain all groups.
template <class Base>
struct two_drains_of_all : Base {
  using Base::Base;

  void task(unsigned) { this->root.drain_all(); }
  void check() override {
    Base::atomics::expect(this->stocked(this->a) + this->stocked(this->b) == 0, oracle::scenario,
                          "two drains are over and pages are in a stock",
                          {{"a", this->stocked(this->a)}, {"b", this->stocked(this->b)}});
  }
};

/// Two CPUs drain a group each: one of them should not be skipped.
template <class Base>
struct two_drains_of_two_groups : Base {
  using Base::Base;

  void task(unsigned number) { (number == 0 ? this->a : this->b).drain_all(); }
  void check() override {
    Base::atomics::expect(this->stocked(this->a) + this->stocked(this->b) == 0, oracle::scenario,
                          "a drain is over and pages of its group are in a stock",
                          {{"a", this->stocked(this->a)}, {"b", this->stocked(this->b)}});
  }
};

}  // namespace stockcheck::checks
