// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: the stocks of groups and their descendants are drained, by any CPU at once.
#pragma once

#include "checks/counter_stock/counter_stocks_scenario.hpp"
#include "checks/page_stock/cpus_of_page_stocks.hpp"

namespace stockcheck::checks {

template <class S>
struct counter_stocks_charge_against_drain : counter_stocks_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/charge_against_drain",
      .summary = "Two CPUs charge a group, one of them from its stock, while a third drains both.",
      .task_list = {{{"charge a 1"}, {"charge a 1", {.cpu = 1}}, {"drain a", {.cpu = 2}}}},
      .nr_cpus = 3,
  };

  counter_stocks_charge_against_drain() : counter_stocks_scenario<S>(2) { this->fill(this->a); }
  void task(unsigned number) {
    if (number == 2) return this->a.drain_all();
    this->a.charge(1);
  }
};

template <class S>
struct counter_stocks_drain_of_subtree : counter_stocks_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/drain_of_subtree",
      .summary = "A drain is for a group and those below it: its sibling keeps what it has.",
      .task_list = {{{"charge b 1"}, {"drain a", {.cpu = 1}}}},
  };
  counter_stocks_memcg<S> c{*this, "c", &this->a};

  counter_stocks_drain_of_subtree() : counter_stocks_scenario<S>(2) {
    this->add_group(c);
    this->peak_in_the_past(c);
    this->fill(this->a);
    this->fill(this->b);
    this->fill(c, 1);
  }
  void task(unsigned number) {
    if (number == 1) return this->a.drain_all();
    this->b.charge(1);
  }
  void check() override {
    S::atomics::expect(this->stocked(this->a) + this->stocked(c) == 0, oracle::scenario,
                       "a drain left pages of its group or of those below",
                       {{"a", this->stocked(this->a)}, {"c", this->stocked(c)}});
    S::atomics::expect(this->usage(this->b) == 1, oracle::scenario,
                       "the stock of a group was not used though another one alone was drained",
                       {{"b", this->usage(this->b)}});
  }
};

template <class S>
struct counter_stocks_two_drains : two_drains_of_all<counter_stocks_scenario<S>> {
  static constexpr scenario_info info{
      .name = "counter_stocks/drain_drain",
      .summary = "Two CPUs drain the same groups: one of them may give up at once.",
      .task_list = {{{"drain root"}, {"drain root", {.cpu = 1}}}},
  };

  counter_stocks_two_drains()
      : two_drains_of_all<counter_stocks_scenario<S>>(2, charge_path_start{.with_memsw = true}) {
    this->fill(this->a);
    this->fill(this->b, 1);
  }
};

template <class S>
struct counter_stocks_drain_against_free : counter_stocks_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/drain_against_free",
      .summary = "A group is freed, with pages in its stock, while all groups are drained.",
      .task_list = {{{"drain root"}, {"remove and free a", {.cpu = 1}}}},
  };

  counter_stocks_drain_against_free() : counter_stocks_scenario<S>(2) { this->fill(this->a); }
  void task(unsigned number) {
    if (number == 0) return this->root.drain_all();
    this->remove(this->a);
  }
};

/// This order of the steps would mend what drain_of_new_group finds.
template <class S>
struct counter_stocks_stock_before_link : counter_stocks_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/stock_before_link",
      .summary = "A group gets its stock before walks can find it, while all groups are drained.",
      .task_list = {{{"c gets its stock, is linked, is charged 1"}, {"drain root", {.cpu = 1}}}},
  };
  counter_stocks_memcg<S> c{*this, "c", &this->root};

  counter_stocks_stock_before_link() : counter_stocks_scenario<S>(2) {
    this->stock.add(c.memcg());
    this->peak_in_the_past(c);
  }
  void task(unsigned number) {
    if (number == 1) return this->root.drain_all();
    this->stock.come_online(c.memcg());
    this->stock.link(c.memcg());
    c.charge(1);
  }
};

// Known properties ------------------------------------------------------------------------------

template <class S>
struct counter_stocks_skipped_drain : two_drains_of_two_groups<counter_stocks_scenario<S>> {
  static constexpr scenario_info info{
      .name = "counter_stocks/drain_of_another_group",
      .summary =
          "A drain should return the pages of its group, also while another group is drained.",
      .task_list = {{{"drain a"}, {"drain b", {.cpu = 1}}}},
      .known = known_property{oracle::scenario, "skipped-drain"},
  };

  counter_stocks_skipped_drain() : two_drains_of_two_groups<counter_stocks_scenario<S>>(2) {
    this->fill(this->a);
    this->fill(this->b);
  }
};

template <class S>
struct counter_stocks_refused_after_skip : counter_stocks_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/refused_though_stocked",
      .summary = "A charge should not be refused for pages that are in its own group's stock.",
      .task_list = {{{"charge a 2"}, {"drain b", {.cpu = 1}}}},
      .known = known_property{oracle::scenario, "refused-though-stocked"},
  };

  counter_stocks_refused_after_skip() : counter_stocks_scenario<S>(2) {
    this->fill(this->a, 1);
    this->a.set_max(2);
  }
  void task(unsigned number) {
    if (number == 0) {
      charged_ = this->charge(this->a, 2);
    } else {
      this->b.drain_all();
    }
  }
  void check() override { this->promise(charged_, "a charge was refused"); }

 private:
  bool charged_ = false;
};

template <class S>
struct counter_stocks_drain_of_new_group : counter_stocks_scenario<S> {
  static constexpr scenario_info info{
      .name = "counter_stocks/drain_of_new_group",
      .summary = "A group gets its stock while all groups are drained, this one among them.",
      .task_list = {{{"c comes online"}, {"drain root", {.cpu = 1}}}},
      .known = known_property{oracle::memory, "drain-of-new-group"},
  };
  counter_stocks_memcg<S> c{*this, "c", &this->root};

  counter_stocks_drain_of_new_group() : counter_stocks_scenario<S>(2) {
    this->stock.add(c.memcg());
    this->stock.link(c.memcg());
  }
  void task(unsigned number) {
    if (number == 0) return this->stock.come_online(c.memcg());
    this->root.drain_all();
  }
};

using counter_stocks_drain_scenarios =
    scenario_list<counter_stocks_charge_against_drain, counter_stocks_drain_of_subtree,
                  counter_stocks_two_drains, counter_stocks_drain_against_free,
                  counter_stocks_stock_before_link, counter_stocks_skipped_drain,
                  counter_stocks_refused_after_skip, counter_stocks_drain_of_new_group>;

}  // namespace stockcheck::checks
