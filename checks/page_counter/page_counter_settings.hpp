// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: the settings of a counter are written while it is charged, reclaimed, or while others
// are written. The limit is set as by memory.limit_in_bytes of cgroup v1, and the watermark is
// reset as by its memory.max_usage_in_bytes: memory.max and memory.peak of cgroup v2 are written by
// code of their own, memory_max_write() and peak_write(), which no scenario runs.
#pragma once

#include "checks/base/counter_scenario.hpp"
#include "model/memcg/page_counter_protection.hpp"

namespace stockcheck::checks {

/// A child with three pages below a parent, both protected.
template <class S>
struct settings_scenario : counter_scenario<S> {
  static constexpr bool protection = true;
  counter_group<S> root{*this, "root", nullptr, protection};
  counter_group<S> parent{*this, "parent", &root, protection};
  counter_group<S> child{*this, "child", &parent, protection};

  settings_scenario() {
    this->peak_in_the_past(child);
    child.try_charge(3);
  }
};

template <class S>
struct settings_min_and_max : settings_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter/min_and_max_against_charge",
      .summary = "The minimum and the limit are written while pages are charged past every limit.",
      .task_list = {{{"set_min 4, set_max 3"}, {"charge 1, uncharge 1", {.cpu = 1}}}},
  };

  void task(unsigned number) {
    if (number == 0) {
      this->child.counter().set_min(4);
      this->child.set_max(3);
    } else {
      this->child.charge(1);
      this->child.uncharge(1);
    }
  }
};

template <class S>
struct settings_low_and_high : settings_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter/low_and_high_against_charge",
      .summary = "memory.low and memory.high are written, of which the latter refuses no charge.",
      .task_list = {{{"set_low 4, set_high 1"}, {"try_charge 1, uncharge 1", {.cpu = 1}}}},
  };

  void task(unsigned number) {
    if (number == 0) {
      this->child.counter().set_low(4);
      this->child.counter().set_high(1);
    } else {
      charged_ = this->child.try_charge(1);
      if (charged_) this->child.uncharge(1);
    }
  }
  void check() override {
    S::atomics::expect(charged_ && this->child.counter().high() == 1, oracle::scenario,
                       "memory.high is not what was written, or refused a charge",
                       {{"high", static_cast<long>(this->child.counter().high())}});
  }

 private:
  bool charged_ = false;
};

template <class S>
struct settings_forced_charge : settings_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter/low_and_high_against_forced_charge",
      .summary = "memory.low and memory.high are written while a page is charged that must be.",
      .task_list = {{{"set_low 4, set_high 1"}, {"charge 1", {.cpu = 1}}}},
  };

  void task(unsigned number) {
    if (number == 1) return this->child.charge(1);
    this->child.counter().set_low(4);
    this->child.counter().set_high(1);
  }
};

template <class S>
struct settings_of_two_levels : settings_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter/settings_of_parent_and_child",
      .summary = "All files of a parent and of its child are written at once.",
      .task_list = {{{"max, min, low, high, peak of child"},
                     {"max, min, low, high, peak of parent", {.cpu = 1}}}},
  };

  void task(unsigned number) {
    counter_group<S>& of = number == 0 ? this->child : this->parent;
    of.set_max(5);
    of.counter().set_min(2);
    of.counter().set_low(4);
    of.counter().set_high(4);
    of.counter().reset_watermark();
  }
};

template <class S>
struct settings_reset_watermark : counter_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter/reset_watermark_against_forced_charge",
      .summary = "The watermark is reset while a page is charged past every limit and uncharged.",
      .task_list = {{{"reset_watermark"}, {"charge 1, uncharge 1", {.cpu = 1}}}},
  };
  counter_group<S> root{*this, "root"};

  settings_reset_watermark() { root.try_charge(1); }
  void task(unsigned number) {
    if (number == 0) return root.counter().reset_watermark();
    root.charge(1);
    root.uncharge(1);
  }
  void check() override {
    const auto peak = static_cast<long>(root.counter().watermark());
    S::atomics::expect(peak == 1 || peak == 2, oracle::scenario,
                       "the watermark is a usage that the group never had", {{"watermark", peak}});
  }
};

// Effective protection, which reclaim computes on its way down ----------------------------------

/// `other` has no pages.
template <class S>
struct protection_walk : settings_scenario<S> {
  counter_group<S> other{*this, "other", &this->parent, settings_scenario<S>::protection};

  void walk(bool recursive) {
    for (counter_group<S>* g : {&this->root, &this->parent, &this->child, &other})
      calculate_protection(this->root.counter(), g->counter(), recursive);
  }
  void expect_effective(long min, long low) {
    const auto emin = static_cast<long>(this->child.counter().emin());
    const auto elow = static_cast<long>(this->child.counter().elow());
    S::atomics::expect(emin == min && elow == low, oracle::scenario,
                       "the effective protection of a group is not what it should be",
                       {{"emin", emin}, {"expected", min}, {"elow", elow}, {"expected low", low}});
  }
};

/// The child claims less than the parent has of memory.min, and more than it has of memory.low.
template <class S>
struct protection_walk_of_claims : protection_walk<S> {
  protection_walk_of_claims() {
    this->parent.counter().set_min(6);
    this->child.counter().set_min(1);
    this->parent.counter().set_low(2);
    this->child.counter().set_low(5);
  }
};

template <class S>
struct protection_walk_against_charge : protection_walk_of_claims<S> {
  static constexpr scenario_info info{
      .name = "page_counter/protection_walk_against_charge",
      .summary =
          "Reclaim computes what a group may keep while it is charged; the next time it is right.",
      .task_list = {{{"compute protection"}, {"try_charge 1, uncharge 1", {.cpu = 1}}}},
  };

  void task(unsigned number) {
    if (number == 0) {
      this->walk(true);
    } else if (this->child.try_charge(1)) {
      this->child.uncharge(1);
    }
  }
  void check() override {
    this->walk(true);
    this->expect_effective(6, 2);
  }
};

template <class S>
struct protection_walk_against_force : protection_walk_of_claims<S> {
  static constexpr scenario_info info{
      .name = "page_counter/protection_walk_against_forced_charge",
      .summary = "The same, without what the parent leaves to be shared, and past every limit.",
      .task_list = {{{"compute protection"}, {"charge 1", {.cpu = 1}}}},
  };

  void task(unsigned number) {
    if (number == 0) {
      this->walk(false);
    } else {
      this->child.charge(1);
    }
  }
  void check() override {
    this->walk(false);
    this->expect_effective(1, 2);
  }
};

template <class S>
struct protection_walk_against_settings : protection_walk<S> {
  static constexpr scenario_info info{
      .name = "page_counter/protection_walk_against_settings",
      .summary = "Reclaim computes what a group may keep while its files are written.",
      .task_list = {{{"compute protection"},
                     {"low of parent; min, low, max, high, peak of child", {.cpu = 1}}}},
  };

  protection_walk_against_settings() { this->parent.counter().set_min(4); }
  void task(unsigned number) {
    if (number == 0) return this->walk(true);
    this->parent.counter().set_low(3);
    this->child.counter().set_min(4);
    this->child.counter().set_low(2);
    this->child.set_max(9);
    this->child.counter().set_high(7);
    this->child.counter().reset_watermark();
  }
  // The child gets of memory.low what the parent has left: it uses all that is unprotected.
  void check() override {
    this->walk(true);
    this->expect_effective(3, 3);
  }
};

template <class S>
struct protection_two_walks : protection_walk_of_claims<S> {
  static constexpr scenario_info info{
      .name = "page_counter/protection_two_walks",
      .summary = "Two tasks reclaim, and compute the same.",
      .task_list = {{{"compute protection"}, {"compute protection", {.cpu = 1}}}},
  };

  void task(unsigned) { this->walk(true); }
  void check() override { this->expect_effective(6, 2); }
};

/// Known: usages of several levels are read one after the other.
template <class S>
struct protection_above_parent : protection_walk_of_claims<S> {
  static constexpr scenario_info info{
      .name = "page_counter/protection_above_parent",
      .summary = "While a group is charged it should not be protected more than its parent.",
      .task_list = {{{"compute protection"}, {"try_charge 1", {.cpu = 1}}}},
      .known = known_property{oracle::scenario, "protection-above-parent"},
  };

  void task(unsigned number) {
    if (number == 1) {
      this->child.try_charge(1);
      return;
    }
    for (counter_group<S>* g : {&this->parent, &this->child})
      calculate_protection(this->root.counter(), g->counter(), true);
  }
  void check() override {
    const auto emin = static_cast<long>(this->child.counter().emin());
    S::atomics::expect(emin <= 6, oracle::scenario,
                       "a group is protected more than the parent that it shares with",
                       {{"emin", emin}, {"of the parent", 6}});
  }
};

using page_counter_settings_scenarios =
    scenario_list<settings_min_and_max, settings_low_and_high, settings_forced_charge,
                  settings_of_two_levels, settings_reset_watermark, protection_walk_against_charge,
                  protection_walk_against_force, protection_walk_against_settings,
                  protection_two_walks, protection_above_parent>;

}  // namespace stockcheck::checks
