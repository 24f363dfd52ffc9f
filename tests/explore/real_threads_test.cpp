// SPDX-License-Identifier: GPL-2.0-only
// What real threads see on x86 is what the engine's TSO allows. A violation is a finding about the
// engine; that something allowed is not seen says nothing.
#include "tests/explore/exploration_of.hpp"
#include "tests/explore/litmus_shapes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <thread>

#if defined(__x86_64__)

namespace {

using namespace stockcheck::explore;
using namespace stockcheck::explore::tests;

/// Cells on cache lines of their own.
struct real_memory {
  struct alignas(128) real_cell {
    std::atomic<value> cell{0};
    value load(std::memory_order order) const { return cell.load(order); }
    void store(value what, std::memory_order order) { cell.store(what, order); }
    value fetch_add(value what, std::memory_order order) { return cell.fetch_add(what, order); }
  };
  real_cell x;
  real_cell y;
  alignas(128) outcome r{};  // the tasks' registers are apart, and joined before they are read
};

/// Runs the shape many times: threads go through all instances, meeting now and then.
template <class Shape>
std::set<outcome> outcomes_of_threads(shape_orders<std::memory_order> orders) {
  constexpr std::size_t instances = 2000;
  constexpr std::size_t meet_every = 8;
  std::vector<real_memory> memory(instances);
  std::atomic<std::size_t> arrived{0};
  std::vector<std::jthread> threads;
  for (std::size_t t = 0; t < Shape::tasks; ++t) {
    threads.emplace_back([&, t] {
      for (std::size_t i = 0; i < instances; ++i) {
        if (i % meet_every == 0) {
          arrived.fetch_add(1);
          while (arrived.load() < (i / meet_every + 1) * Shape::tasks) std::this_thread::yield();
        }
        Shape::run(memory[i], t, orders);
      }
    });
  }
  threads.clear();
  std::set<outcome> seen;
  for (const real_memory& instance : memory) seen.insert(instance.r);
  return seen;
}

template <class Shape>
std::set<outcome> outcomes_of_engine(shape_orders<memory_order> orders) {
  litmus test;
  for (std::size_t t = 0; t < Shape::tasks; ++t)
    test.tasks.push_back([=](shared& s) { Shape::run(s, t, orders); });
  return run(test, memory_model::tso).outcome_set();
}

template <class Shape>
void check_within_tso() {
  const auto check = [](shape_orders<std::memory_order> real, shape_orders<memory_order> explored) {
    const std::set<outcome> seen = outcomes_of_threads<Shape>(real);
    const std::set<outcome> allowed = outcomes_of_engine<Shape>(explored);
    CHECK(!seen.empty());
    CHECK(std::includes(allowed.begin(), allowed.end(), seen.begin(), seen.end()));
  };
  check({std::memory_order_relaxed, std::memory_order_relaxed},
        {memory_order::relaxed, memory_order::relaxed});
  check({std::memory_order_release, std::memory_order_acquire},
        {memory_order::release, memory_order::acquire});
  check({std::memory_order_seq_cst, std::memory_order_seq_cst},
        {memory_order::seq_cst, memory_order::seq_cst});
}

TEST_CASE("real threads on x86 see what TSO allows: SB") { check_within_tso<store_buffering>(); }
TEST_CASE("real threads on x86 see what TSO allows: MP") { check_within_tso<message_passing>(); }
TEST_CASE("real threads on x86 see what TSO allows: 2+2W") {
  check_within_tso<two_plus_two_writes>();
}
TEST_CASE("real threads on x86 see what TSO allows: IRIW") {
  check_within_tso<independent_reads>();
}
TEST_CASE("real threads on x86 see what TSO allows: updates") { check_within_tso<updates>(); }

}  // namespace

#endif
