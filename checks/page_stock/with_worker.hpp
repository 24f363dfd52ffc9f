// SPDX-License-Identifier: GPL-2.0-only
// A task of a scenario over page stocks is the worker of a CPU.
#pragma once

#include "checks/page_stock/page_stock_scenario.hpp"

namespace stockcheck::checks {

/// Work that a drain queues runs on a worker: a task that ends when the drain has. Without such a
/// task it runs at the end.
template <class Base>
struct with_worker : Base {
  using Base::Base;

  /// The body of the worker.
  void work_on(unsigned cpu) {
    this->stock.work().work_on(cpu, [this] { return drained_.load(order::acquire) != 0; });
  }
  /// One task drains, and it drains nothing after this.
  template <class Group>
  void drain(Group& of) {
    of.drain_all();
    drained_.store(1, order::release);
  }

 private:
  typename Base::atomics::template atomic<int> drained_{0};
};

}  // namespace stockcheck::checks
