// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: the stock of a page_counter as a plain number under a local_trylock_t.
#pragma once

#include "checks/counter_stock/earlier_stock_scenario.hpp"

#include <array>

namespace stockcheck::checks {

template <class S>
struct trylock_stock_same_cpu : trylock_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_trylock_stock/same_cpu",
      .summary = "Two tasks on one CPU take from the same stock and add to it.",
      .task_list = {{{"charge 1"}, {"charge 1, charge 1"}}},
      .nr_cpus = 1,
  };

  trylock_stock_same_cpu() : trylock_stock_scenario<S>(3) {
    this->waive_stock_bound();
    this->root.try_charge_stock(2);
  }
  void task(unsigned number) {
    this->root.try_charge_stock(1);
    if (number == 1) this->root.try_charge_stock(1);
  }
};

template <class S>
struct trylock_stock_in_softirq : trylock_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_trylock_stock/charge_in_softirq",
      .summary = "A softirq charges while the task below uses the stock: it does without.",
      .task_list = {{{"charge 1; softirq: charge 1"}, {"charge 1", {.cpu = 1}}}},
  };

  trylock_stock_in_softirq() : trylock_stock_scenario<S>(3) {
    this->waive_stock_bound();
    this->root.try_charge_stock(2);
    this->template add_softirq<&trylock_stock_in_softirq::charge>(0, *this);
  }
  void charge() { this->root.try_charge_stock(1); }
  void task(unsigned) { charge(); }
};

template <class S>
struct trylock_stock_against_drain : trylock_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_trylock_stock/charge_against_drain",
      .summary = "A CPU takes from its stock and adds to it before or after it is told to drain.",
      .task_list = {{{"charge 1, charge 1"}, {"drain all", {.cpu = 1}}, {"drain work"}}},
  };

  trylock_stock_against_drain() : trylock_stock_scenario<S>(2) { this->root.try_charge_stock(1); }
  void task(unsigned number) {
    if (number == 1) return this->drain_from_cpu1();
    if (number == 2) return this->work_on_cpu0();
    this->root.try_charge_stock(1);
    this->root.try_charge_stock(1);
  }
};

template <class S>
struct trylock_stock_drain_waits : trylock_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_trylock_stock/drain_waits",
      .summary = "When a drain returns, no CPU keeps anything any more.",
      .task_list = {{{"drain work"}, {"drain all", {.cpu = 1}}}},
  };

  trylock_stock_drain_waits() : trylock_stock_scenario<S>(3) { this->root.try_charge_stock(1); }
  void task(unsigned number) {
    if (number == 0) return this->work_on_cpu0();
    this->drain_from_cpu1();
    const auto usage = static_cast<long>(this->root.counter().read());
    S::atomics::expect(usage == 1, oracle::scenario,
                       "a drain is over and the usage is not what tasks hold",
                       {{"usage", usage}, {"held", 1}});
  }
};

template <class S>
struct trylock_stock_drained_in_softirq : trylock_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_trylock_stock/softirq_in_drain",
      .summary = "A softirq charges while the worker of its CPU drains the stock.",
      .task_list = {{{"drain work; softirq: charge 1"}, {"drain all", {.cpu = 1}}}},
  };

  trylock_stock_drained_in_softirq() : trylock_stock_scenario<S>(3) {
    this->root.try_charge_stock(1);
    this->template add_softirq<&trylock_stock_drained_in_softirq::charge>(0, *this);
  }
  void charge() { this->root.try_charge_stock(1); }
  void task(unsigned number) {
    if (number == 0) return this->work_on_cpu0();
    this->drain_from_cpu1();
  }
};

template <class S>
struct trylock_stock_dead_cpu : trylock_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_trylock_stock/dead_cpu",
      .summary = "A dead CPU is drained without its lock while another CPU charges.",
      .task_list = {{{"drain dead cpu 1"}, {"charge 1", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  trylock_stock_dead_cpu() : trylock_stock_scenario<S>(2) {
    this->on_cpu(1, [this] { this->root.try_charge_stock(1); });
  }
  void task(unsigned number) {
    if (number == 0) {
      this->root.drain(1);
    } else {
      this->root.try_charge_stock(1);
    }
  }
};

template <class S>
struct trylock_stock_migration : trylock_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_trylock_stock/migration",
      .summary = "A task moves to another CPU between the batch charge and the deposit.",
      .task_list = {{{"charge 1", {.migrations = 1}}, {"charge 1", {.cpu = 1}}}},
  };

  trylock_stock_migration() : trylock_stock_scenario<S>(2) {}
  void task(unsigned) { this->root.try_charge_stock(1); }
};

template <class S>
struct trylock_stock_two_drains : trylock_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_trylock_stock/two_drains",
      .summary = "Two tasks drain all CPUs; each waits until its drain is done.",
      .task_list = {{{"drain work"}, {"drain all", {.cpu = 1}}, {"drain all", {.cpu = 1}}}},
  };

  trylock_stock_two_drains() : trylock_stock_scenario<S>(3) { this->root.try_charge_stock(1); }
  void task(unsigned number) {
    if (number == 0) return this->work_on_cpu0(2);
    this->drain_from_cpu1();
  }
};

template <class S>
struct trylock_stock_batch_refused : trylock_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_trylock_stock/batch_refused",
      .summary = "There is room for one batch: the other charge is of the exact amount.",
      .task_list = {{{"charge 1"}, {"charge 1", {.cpu = 1}}}},
  };

  trylock_stock_batch_refused() : trylock_stock_scenario<S>(2) { this->root.set_max(3); }
  void task(unsigned number) { charged_.at(number) = this->root.try_charge_stock(1); }
  void check() override {
    S::atomics::expect(charged_[0] && charged_[1], oracle::scenario,
                       "a charge was refused that fits");
    this->root.drain_all();
    S::atomics::expect(this->kept(0) + this->kept(1) == 0, oracle::scenario,
                       "a drained stock has pages");
  }

 private:
  std::array<bool, 2> charged_{};
};

template <class S>
struct trylock_stock_in_hardirq : trylock_stock_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter_trylock_stock/charge_in_hardirq",
      .summary =
          "A hardirq charges while the task below uses the stock, or a softirq on top of it.",
      .task_list = {{{"charge 1; softirq: charge 1; hardirq: charge 1"}}},
      .nr_cpus = 1,
  };

  trylock_stock_in_hardirq() : trylock_stock_scenario<S>(3) {
    this->waive_stock_bound();
    this->root.try_charge_stock(2);
    this->template add_softirq<&trylock_stock_in_hardirq::charge>(0, *this);
    this->template add_hardirq<&trylock_stock_in_hardirq::charge>(0, *this);
  }
  void charge() { this->root.try_charge_stock(1); }
  void task(unsigned) { charge(); }
};

using page_counter_trylock_stock_scenarios =
    scenario_list<trylock_stock_same_cpu, trylock_stock_in_softirq, trylock_stock_against_drain,
                  trylock_stock_drain_waits, trylock_stock_drained_in_softirq,
                  trylock_stock_dead_cpu, trylock_stock_migration, trylock_stock_two_drains,
                  trylock_stock_batch_refused, trylock_stock_in_hardirq>;

}  // namespace stockcheck::checks
