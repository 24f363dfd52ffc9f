// SPDX-License-Identifier: GPL-2.0-only
// What Relacy sees is what the engine's RC11 allows. A violation is a finding about one of the two.
#include "tests/explore/exploration_of.hpp"
#include "tests/explore/litmus_shapes.hpp"
#include "tests/model/atomics/simulation.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace {

using namespace stockcheck::explore;
using namespace stockcheck::explore::tests;
using stockcheck::order;
using relacy_cell = stockcheck::relacy_atomics::atomic<value>;

/// The outcomes of all simulated executions; not a set, because the simulation must not allocate.
struct outcome_list {
  std::array<outcome, 64> kept{};
  std::size_t size = 0;

  void add(const outcome& what) {
    if (std::find(kept.begin(), kept.begin() + size, what) == kept.begin() + size)
      kept.at(size++) = what;
  }
};

template <class Shape, order Store, order Load>
struct simulated_shape : rl::test_suite<simulated_shape<Shape, Store, Load>, Shape::tasks> {
  static inline outcome_list seen;
  relacy_cell x;
  relacy_cell y;
  outcome r{};

  void thread(unsigned task) {
    Shape::run(*this, task, shape_orders<order>{.store = Store, .load = Load});
  }
  void after() { seen.add(r); }
};

template <class Shape, order Store, order Load>
void check_within_rc11(memory_order store, memory_order load) {
  using suite = simulated_shape<Shape, Store, Load>;
  suite::seen = {};
  REQUIRE(stockcheck::tests::simulate_all<suite>().result == rl::test_result_success);
  litmus test;
  for (std::size_t t = 0; t < Shape::tasks; ++t)
    test.tasks.push_back([=](shared& s) {
      Shape::run(s, t, shape_orders<memory_order>{.store = store, .load = load});
    });
  const std::set<outcome> allowed = run(test, memory_model::rc11).outcome_set();
  CHECK(suite::seen.size > 1);
  for (std::size_t i = 0; i < suite::seen.size; ++i) CHECK(allowed.contains(suite::seen.kept[i]));
}

template <class Shape>
void check_all_orders() {
  check_within_rc11<Shape, order::relaxed, order::relaxed>(memory_order::relaxed,
                                                           memory_order::relaxed);
  check_within_rc11<Shape, order::release, order::acquire>(memory_order::release,
                                                           memory_order::acquire);
  check_within_rc11<Shape, order::seq_cst, order::seq_cst>(memory_order::seq_cst,
                                                           memory_order::seq_cst);
}

TEST_CASE("Relacy sees what RC11 allows: SB") { check_all_orders<store_buffering>(); }
TEST_CASE("Relacy sees what RC11 allows: MP") { check_all_orders<message_passing>(); }
TEST_CASE("Relacy sees what RC11 allows: 2+2W") { check_all_orders<two_plus_two_writes>(); }
TEST_CASE("Relacy sees what RC11 allows: IRIW") { check_all_orders<independent_reads>(); }
TEST_CASE("Relacy sees what RC11 allows: updates") {
  check_all_orders<updates>();
  check_within_rc11<updates, order::full, order::relaxed>(memory_order::full,
                                                          memory_order::relaxed);
}

}  // namespace
