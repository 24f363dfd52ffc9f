// SPDX-License-Identifier: GPL-2.0-only
// Scenarios: the watermarks of a page_counter, which are racy on purpose.
#pragma once

#include "checks/base/counter_scenario.hpp"

namespace stockcheck::checks {

/// Watermarks of a group as numbers.
template <class S>
struct watermark_scenario : counter_scenario<S> {
  counter_group<S> root{*this, "root"};

  long watermark() const { return static_cast<long>(root.counter().watermark()); }
  long local_watermark() const { return static_cast<long>(root.counter().local_watermark()); }
};

template <class S>
struct watermark_of_one_charger : watermark_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter/watermark_of_one_charger",
      .summary = "With a single charger no peak is missed, whatever is uncharged meanwhile.",
      .task_list = {{{"try_charge 1, try_charge 1"}, {"uncharge 1", {.cpu = 1}}}},
  };

  watermark_of_one_charger() { this->root.try_charge(1); }
  void task(unsigned number) {
    if (number == 0) {
      this->root.try_charge(1);
      this->root.try_charge(1);
    } else {
      this->root.uncharge(1);
    }
  }
  void check() override {
    // Three pages if the uncharge came last, else two.
    const long peak = this->watermark();
    S::atomics::expect(peak == 2 || peak == 3, oracle::scenario, "the watermark is not the peak",
                       {{"watermark", peak}});
    S::atomics::expect(peak == this->local_watermark(), oracle::scenario,
                       "the watermarks differ although none was reset",
                       {{"watermark", peak}, {"local_watermark", this->local_watermark()}});
  }
};

template <class S>
struct watermark_below_peak : watermark_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter/watermark_below_peak",
      .summary = "Two tasks charge; the watermark ends below the usage both reached.",
      .task_list = {{{"try_charge 2"}, {"try_charge 1", {.cpu = 1}}}},
      .known = known_property{oracle::scenario, "watermark-below-peak"},
  };

  void task(unsigned number) { this->root.try_charge(number == 0 ? 2 : 1); }
  void check() override {
    S::atomics::expect(this->watermark() == 3, oracle::scenario, "the watermark missed the peak",
                       {{"watermark", this->watermark()}, {"peak", 3}});
  }
};

template <class S>
struct watermark_reset : watermark_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter/watermark_reset",
      .summary = "Resetting the watermarks during a charge leaves watermark < local_watermark.",
      .task_list = {{{"try_charge 1"}, {"reset_watermark", {.cpu = 1}}}},
      .known = known_property{oracle::scenario, "watermark-reset"},
  };

  watermark_reset() {
    this->peak_in_the_past(this->root);
    this->root.try_charge(5);
  }
  void task(unsigned number) {
    if (number == 0) {
      this->root.try_charge(1);
    } else {
      this->root.counter().reset_watermark();
    }
  }
  void check() override {
    S::atomics::expect(
        this->watermark() >= this->local_watermark(), oracle::scenario,
        "watermark below local_watermark",
        {{"watermark", this->watermark()}, {"local_watermark", this->local_watermark()}});
  }
};

template <class S>
struct watermark_of_failed_charge : counter_scenario<S> {
  static constexpr scenario_info info{
      .name = "page_counter/watermark_of_failed_charge",
      .summary = "A charge that the parent refuses leaves a watermark at the child.",
      .task_list = {{{"try_charge child 5"}}},
      .known = known_property{oracle::scenario, "watermark-of-failed-charge"},
  };
  counter_group<S> root{*this, "root"};
  counter_group<S> child{*this, "child", &root};

  watermark_of_failed_charge() { root.set_max(3); }
  void task(unsigned) { child.try_charge(5); }
  void check() override {
    const auto watermark = static_cast<long>(child.counter().watermark());
    S::atomics::expect(watermark == 0, oracle::scenario, "a watermark of pages never charged",
                       {{"watermark", watermark}});
  }
};

using page_counter_watermark_scenarios =
    scenario_list<watermark_of_one_charger, watermark_below_peak, watermark_reset,
                  watermark_of_failed_charge>;

}  // namespace stockcheck::checks
