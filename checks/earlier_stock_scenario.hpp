// The base of the scenarios over the earlier designs of page_counter_stock.
#pragma once

#include "checks/stock_scenario.hpp"

namespace stockcheck::checks {

/// The subject with an earlier design in the place of page_counter_stock.
template <class S>
struct with_trylock_stock : S {
  using page_counter_stock = typename S::page_counter_trylock_stock;
};
template <class S>
struct with_refilled_stock : S {
  using page_counter_stock = typename S::page_counter_refilled_stock;
};

/// One group. A drain waits for the worker of CPU 0, a task of its own; no other CPU needs one.
template <class S>
struct earlier_stock_scenario : stock_scenario<S> {
  explicit earlier_stock_scenario(unsigned batch) : stock_scenario<S>(batch) {}

  void drain_from_cpu1() {
    this->root.drain_all();
    drained_.fetch_add(1, order::release);
  }
  void work_on_cpu0(int drains = 1) {
    this->root.stock().work().work_on(0, [&] { return drained_.load(order::acquire) == drains; });
  }
  /// Set-up: a softirq or a hardirq may interrupt each task on CPU 0, once, and runs `handle`.
  template <auto Handle, class Scenario>
  static void add_softirq(Scenario& scenario) {
    add_interrupt<Handle>(kernel::context::softirq, scenario);
  }
  template <auto Handle, class Scenario>
  static void add_hardirq(Scenario& scenario) {
    add_interrupt<Handle>(kernel::context::hardirq, scenario);
  }
  long kept(unsigned cpu) const { return this->root.stock().pages(cpu); }

 private:
  template <auto Handle, class Scenario>
  static void add_interrupt(kernel::context level, Scenario& scenario) {
    kernel::machine<typename S::atomics>::current().add_interrupt(
        {.level = level,
         .run = [](void* self) { (static_cast<Scenario*>(self)->*Handle)(); },
         .argument = &scenario});
  }

  typename S::atomics::template atomic<int> drained_{0};
};

template <class S>
using trylock_stock_scenario = earlier_stock_scenario<with_trylock_stock<S>>;
template <class S>
using refilled_stock_scenario = earlier_stock_scenario<with_refilled_stock<S>>;

}  // namespace stockcheck::checks
