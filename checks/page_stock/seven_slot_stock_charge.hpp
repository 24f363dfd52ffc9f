// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: stocks with several slots are charged from and refilled, in tasks and in interrupts.
#pragma once

#include "checks/page_stock/seven_slot_scenario.hpp"

namespace stockcheck::checks {

template <class S>
struct seven_slot_charge_charge : two_slot_scenario<S> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/charge_charge",
      .summary = "Two tasks of a CPU want the only page that it keeps of their group.",
      .task_list = {{{"charge a 1"}, {"charge a 1"}}},
  };

  seven_slot_charge_charge() : two_slot_scenario<S>(2) { this->keep(this->a, 1); }
  void task(unsigned) { this->a.charge(1); }
};

template <class S>
struct seven_slot_two_groups : two_slot_scenario<S> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/two_groups",
      .summary = "Two tasks of a CPU charge different groups: each gets a slot.",
      .task_list = {{{"charge a 1"}, {"charge b 1"}}},
  };

  seven_slot_two_groups() : two_slot_scenario<S>(2) {}
  void task(unsigned number) { (number == 0 ? this->a : this->b).charge(1); }
  void check() override {
    S::atomics::expect(
        this->stock.pages(0, this->a.memcg()) == 1 && this->stock.pages(0, this->b.memcg()) == 1,
        oracle::scenario, "two groups fit into the slots of a CPU, and one of them has none");
  }
};

template <class S>
struct seven_slot_two_cpus : two_slot_scenario<S> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/two_cpus",
      .summary = "A group is charged on two CPUs: each has a slot and a reference for it.",
      .task_list = {{{"charge a 1, uncharge 1"}, {"charge a 1", {.cpu = 1}}}},
  };

  seven_slot_two_cpus() : two_slot_scenario<S>(2) {}
  void task(unsigned number) {
    this->a.charge(1);
    if (number == 0) this->a.uncharge(1);
  }
};

/// Ends the scenario as one that is not for the code under test, if that chooses its victim in
/// another way than `how`. Our model has no such function, since it chooses as it was told to.
template <class Stock>
void require_victim(const Stock& stock, memcg::slot_victim how) {
  if constexpr (requires { stock.require_victim(how); }) stock.require_victim(how);
}

/// Three groups for two slots.
template <class S>
struct three_for_two : beside_third_group<two_slot_scenario<S>> {
  explicit three_for_two(memcg::slot_victim victim)
      : beside_third_group<two_slot_scenario<S>>(victim) {}
  void check() override {
    const auto pointers = this->stock.pointers(0, this->a.memcg()) +
                          this->stock.pointers(0, this->b.memcg()) +
                          this->stock.pointers(0, this->c.memcg());
    S::atomics::expect(pointers <= 2, oracle::scenario, "two slots name three groups");
  }
};

template <class S>
struct seven_slot_round_robin : three_for_two<S> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/round_robin_victim",
      .summary = "Three groups share two slots: a refill takes the slots away in turn.",
      .task_list = {{{"charge c 1"}, {"charge a 1"}}},
  };

  seven_slot_round_robin() : three_for_two<S>(memcg::slot_victim::round_robin) {}
  void task(unsigned number) { (number == 0 ? this->c : this->a).charge(1); }
  void check() override {
    require_victim(this->stock, memcg::slot_victim::round_robin);
    three_for_two<S>::check();
    // c took the first slot, the one of a; if a came back after that, it took the one of b.
    S::atomics::expect(this->stock.pointers(0, this->c.memcg()) == 1, oracle::scenario,
                       "the group that took a slot last has none");
  }
};

template <class S>
struct seven_slot_random_victim : three_for_two<S> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/random_victim",
      .summary = "Three groups share two slots: a refill takes one of them, whichever.",
      .task_list = {{{"charge c 1"}, {"charge b 1"}}},
  };

  seven_slot_random_victim() : three_for_two<S>(memcg::slot_victim::random) {}
  void task(unsigned number) { (number == 0 ? this->c : this->b).charge(1); }
  void check() override {
    require_victim(this->stock, memcg::slot_victim::random);
    three_for_two<S>::check();
  }
};

template <class S>
struct seven_slot_return : two_slot_scenario<S> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/return_to_stock",
      .summary =
          "A slot becomes empty because more than a batch comes back to it, while another "
          "group's slot is used and refilled.",
      .task_list = {{{"return a 1"}, {"charge b 1 twice"}}},
  };

  seven_slot_return() : two_slot_scenario<S>(2) {
    this->a.charge_socket(2);
    this->keep(this->a, 2);
    this->keep(this->b, 1);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->a.uncharge_socket(1);
    } else {
      this->b.charge(1);
      this->b.charge(1);
    }
  }
  void check() override {
    S::atomics::expect(this->stock.pages(0, this->a.memcg()) == 0, oracle::scenario,
                       "more than a batch was kept");
  }
};

template <class S>
struct seven_slot_largest_batch : two_slot_scenario<S> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/largest_batch",
      .summary = "A batch comes on top of a batch in a slot: an uint8_t just holds them.",
      .task_list = {{{"return a 127"}, {"charge b 1", {.cpu = 1}}}},
  };

  seven_slot_largest_batch() : two_slot_scenario<S>(127) {
    this->a.charge_socket(127);
    this->keep(this->a, 127);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->a.uncharge_socket(127);
    } else {
      this->b.charge(1);
    }
  }
};

template <class S>
struct seven_slot_migration : two_slot_scenario<S> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/migration",
      .summary = "A task is moved between looking for pages, charging and keeping the surplus.",
      .task_list = {{{"charge a 1", {.migrations = 1}}, {"charge a 1", {.cpu = 1}}}},
  };

  seven_slot_migration() : two_slot_scenario<S>(2) {}
  void task(unsigned) { this->a.charge(1); }
};

template <class S>
struct seven_slot_free_while_cached : beside_third_group<two_slot_scenario<S>> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/free_while_cached",
      .summary = "A group goes while a slot names it: the slot's reference keeps it until then.",
      .task_list = {{{"charge c 1"}, {"remove a", {.cpu = 1}}}},
  };

  void task(unsigned number) {
    if (number == 0) {
      this->c.charge(1);
    } else {
      this->a.put_own_reference();
    }
  }
};

// In interrupts
// ------------------------------------------------------------------------------------

template <class S>
struct seven_slot_charge_in_softirq : two_slot_scenario<S> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/charge_in_softirq",
      .summary =
          "A softirq charges the group that its task is charging: if the stock is in use, it "
          "does without.",
      .task_list = {{{"charge a 1; softirq: charge a 1"}, {"charge a 1", {.cpu = 1}}}},
  };

  seven_slot_charge_in_softirq() : two_slot_scenario<S>(2) {
    this->keep(this->a, 1);
    this->template add_softirq<&seven_slot_charge_in_softirq::interrupt>(0, *this);
  }
  void task(unsigned) { this->a.charge(1); }
  void interrupt() { this->a.charge(1); }
};

template <class S>
struct seven_slot_return_in_hardirq : two_slot_scenario<S> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/return_in_hardirq",
      .summary =
          "An interrupt returns a page to the stock that its task is refilling: if that is in "
          "use, the page is uncharged.",
      .task_list = {{{"charge a 1; hardirq: return a 1"}}},
      .nr_cpus = 1,
  };

  seven_slot_return_in_hardirq() : two_slot_scenario<S>(2) {
    this->keep(this->a, 1);
    this->a.charge_socket(1);
    this->template add_hardirq<&seven_slot_return_in_hardirq::interrupt>(0, *this);
  }
  void task(unsigned) { this->a.charge(1); }
  void interrupt() { this->a.uncharge_socket(1); }
};

template <class S>
struct seven_slot_victim_in_interrupt : three_for_two<S> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/victim_in_interrupt",
      .summary = "An interrupt charges a third group while its task takes a slot for another.",
      .task_list = {{{"charge c 1; hardirq: charge a 1"}}},
      .nr_cpus = 1,
  };

  seven_slot_victim_in_interrupt() : three_for_two<S>(memcg::slot_victim::round_robin) {
    this->a.charge_socket(1);
    this->template add_hardirq<&seven_slot_victim_in_interrupt::interrupt>(0, *this);
  }
  void task(unsigned) { this->c.charge(1); }
  void interrupt() { this->a.charge(1); }
};

template <class S>
struct seven_slot_interrupts_nest : two_slot_scenario<S> {
  static constexpr scenario_info info{
      .name = "seven_slot_stock/interrupts_nest",
      .summary =
          "A hardirq charges in the middle of a softirq that charges in the middle of a task.",
      .task_list = {{{"charge a 1; softirq: charge a 1; hardirq: charge b 1"}}},
      .nr_cpus = 1,
  };

  seven_slot_interrupts_nest() : two_slot_scenario<S>(2) {
    this->keep(this->a, 2);
    this->keep(this->b, 1);
    this->template add_softirq<&seven_slot_interrupts_nest::interrupt>(0, *this);
    this->template add_hardirq<&seven_slot_interrupts_nest::nest>(0, *this);
  }
  void task(unsigned) { this->a.charge(1); }
  void interrupt() { this->a.charge(1); }
  void nest() { this->b.charge(1); }
};

using seven_slot_stock_charge_scenarios =
    scenario_list<seven_slot_charge_charge, seven_slot_two_groups, seven_slot_two_cpus,
                  seven_slot_round_robin, seven_slot_random_victim, seven_slot_return,
                  seven_slot_largest_batch, seven_slot_migration, seven_slot_free_while_cached,
                  seven_slot_charge_in_softirq, seven_slot_return_in_hardirq,
                  seven_slot_victim_in_interrupt, seven_slot_interrupts_nest>;

}  // namespace stockcheck::checks
