// SPDX-License-Identifier: GPL-2.0-only
// No kernel charges or limits the group that has no parent; neither may a scenario.
#include "checks/base/model_subject.hpp"
#include "checks/page_stock/page_stock_groups.hpp"
#include "harness/explore/explore_checker.hpp"
#include "model/atomics/explore_atomics.hpp"

#include <doctest/doctest.h>

#include <span>

using namespace stockcheck;

namespace {

constexpr checks::scenario_info alone(std::string_view name) {
  return {.name = name, .summary = "", .task_list = {{{"this"}}}};
}

template <class S>
using one_group = checks::stocked_single<S, typename S::one_slot_stock>;

template <class S>
struct limits_the_root : one_group<S> {
  static constexpr checks::scenario_info info = alone("test/limits_the_root");
  limits_the_root() : one_group<S>(2) {}
  void task(unsigned) { this->root.set_max(2); }
};

template <class S>
struct charges_the_root : one_group<S> {
  static constexpr checks::scenario_info info = alone("test/charges_the_root");
  charges_the_root() : one_group<S>(2) {}
  void task(unsigned) { this->root.charge(1); }
};

template <class S>
struct limits_and_charges_a_child : one_group<S> {
  static constexpr checks::scenario_info info = alone("test/limits_and_charges_a_child");
  limits_and_charges_a_child() : one_group<S>(2) {}
  void task(unsigned) {
    this->a.set_max(2);
    this->a.charge(1);
  }
};

template <template <class> class Scenario>
report::result check() {
  static constexpr checks::program_entry entry =
      checks::entry_for<Scenario, checks::model_on<explore_atomics>>();
  return harness::explore_checker{std::span{&entry, 1}}.check(
      *entry.info, {.time = std::chrono::seconds(60)}, {});
}

}  // namespace

TEST_CASE("a scenario that limits or charges the root fails") {
  for (const report::result& result : {check<limits_the_root>(), check<charges_the_root>()}) {
    REQUIRE(result.finding);
    CHECK(result.finding->what.find("has no parent") != std::string::npos);
  }
  CHECK_FALSE(check<limits_and_charges_a_child>().finding);
}
