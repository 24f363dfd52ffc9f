// SPDX-License-Identifier: GPL-2.0-only
// What the orders of relacy_atomics allow and forbid, on the classic litmus tests.
#include "tests/model/atomics/simulation.hpp"

#include <doctest/doctest.h>

namespace {

using namespace stockcheck;
using tests::simulate_all;

using cell = relacy_atomics::atomic<int>;

/// Two tasks that each write their own cell and then read the other's. Whether both may read 0 is
/// the question that page_counter::try_charge() and set_max() stand on.
template <order First, order Second>
struct store_buffering : rl::test_suite<store_buffering<First, Second>, 2> {
  static inline bool both_read_zero = false;
  cell x;
  cell y;
  int x_read = 0;
  int y_read = 0;

  void thread(unsigned task) {
    if (task == 0) {
      x.fetch_add(1, First);
      y_read = y.load(order::relaxed);
    } else {
      y.fetch_add(1, Second);
      x_read = x.load(order::relaxed);
    }
  }
  void after() { both_read_zero = both_read_zero || (x_read == 0 && y_read == 0); }
};

template <order First, order Second>
bool store_buffering_is_observable() {
  using suite = store_buffering<First, Second>;
  suite::both_read_zero = false;
  const auto outcome = simulate_all<suite>();
  REQUIRE(outcome.result == rl::test_result_success);
  return suite::both_read_zero;
}

TEST_CASE("two fully ordered RMWs forbid store buffering") {
  CHECK_FALSE(store_buffering_is_observable<order::full, order::full>());
}
TEST_CASE("store buffering shows when either RMW is seq_cst instead of fully ordered") {
  CHECK(store_buffering_is_observable<order::seq_cst, order::full>());
  CHECK(store_buffering_is_observable<order::full, order::seq_cst>());
}
TEST_CASE("store buffering shows when either RMW is relaxed") {
  CHECK(store_buffering_is_observable<order::relaxed, order::full>());
  CHECK(store_buffering_is_observable<order::full, order::relaxed>());
}

/// Two tasks that store, execute `between`, and load.
template <class Between>
struct store_between_load : rl::test_suite<store_between_load<Between>, 2> {
  static inline bool both_read_zero = false;
  cell x;
  cell y;
  Between between[2];
  int x_read = 0;
  int y_read = 0;

  void thread(unsigned task) {
    cell& mine = task == 0 ? x : y;
    cell& other = task == 0 ? y : x;
    mine.store(1, order::relaxed);
    between[task].run();
    (task == 0 ? y_read : x_read) = other.load(order::relaxed);
  }
  void after() { both_read_zero = both_read_zero || (x_read == 0 && y_read == 0); }
};

template <class Between>
bool both_may_read_zero_around() {
  using suite = store_between_load<Between>;
  suite::both_read_zero = false;
  const auto outcome = simulate_all<suite>();
  REQUIRE(outcome.result == rl::test_result_success);
  return suite::both_read_zero;
}

struct nothing {
  void run() {}
};
template <order Order>
struct fence {
  void run() { relacy_atomics::fence(Order); }
};
template <int Expected>
struct full_compare_exchange {
  cell other_memory;
  void run() {
    int expected = Expected;
    other_memory.compare_exchange_strong(expected, 1, order::full, order::relaxed);
  }
};
struct full_exchange {
  cell other_memory;
  void run() { other_memory.exchange(1, order::full); }
};

TEST_CASE(
    "a full fence between store and load forbids store buffering, an acq_rel fence does not") {
  CHECK(both_may_read_zero_around<nothing>());
  CHECK(both_may_read_zero_around<fence<order::acq_rel>>());
  CHECK_FALSE(both_may_read_zero_around<fence<order::full>>());
  CHECK_FALSE(both_may_read_zero_around<fence<order::seq_cst>>());
}
TEST_CASE("a fully ordered RMW on other memory orders the store before it and the load after it") {
  CHECK_FALSE(both_may_read_zero_around<full_exchange>());
  CHECK_FALSE(both_may_read_zero_around<full_compare_exchange<0>>());
}
TEST_CASE("a fully ordered compare-exchange that fails orders nothing") {
  CHECK(both_may_read_zero_around<full_compare_exchange<7>>());
}

/// One task writes data and raises a flag, the other sees the flag and reads the data.
template <order Write, order Read>
struct message_passing : rl::test_suite<message_passing<Write, Read>, 2> {
  cell data;
  cell flag;

  void thread(unsigned task) {
    if (task == 0) {
      data.store(1, order::relaxed);
      flag.store(1, Write);
    } else if (flag.load(Read) == 1) {
      relacy_atomics::expect(data.load(order::relaxed) == 1, oracle::scenario, "stale data");
    }
  }
};

TEST_CASE("a message passed with relaxed accesses may arrive without its data") {
  const auto outcome = simulate_all<message_passing<order::relaxed, order::relaxed>>();
  CHECK(outcome.result == rl::test_result_user_assert_failed);
  REQUIRE(outcome.failed);
  CHECK(outcome.failed->what == std::string{"stale data"});
}
TEST_CASE("a message passed with release alone or acquire alone may arrive without its data") {
  CHECK(simulate_all<message_passing<order::release, order::relaxed>>().failed.has_value());
  CHECK(simulate_all<message_passing<order::relaxed, order::acquire>>().failed.has_value());
}
TEST_CASE("a message passed with release and acquire arrives with its data") {
  const auto outcome = simulate_all<message_passing<order::release, order::acquire>>();
  CHECK(outcome.result == rl::test_result_success);
}

/// The flag is read by a fully ordered compare-exchange, which fails or succeeds.
template <int Expected>
struct message_to_compare_exchange : rl::test_suite<message_to_compare_exchange<Expected>, 2> {
  cell data;
  cell flag;

  void thread(unsigned task) {
    if (task == 0) {
      data.store(1, order::relaxed);
      flag.store(1, order::release);
      return;
    }
    int expected = Expected;
    flag.compare_exchange_strong(expected, 5, order::full, order::relaxed);
    if (expected == 1)
      relacy_atomics::expect(data.load(order::relaxed) == 1, oracle::scenario, "stale data");
  }
};

TEST_CASE("a failing fully ordered compare-exchange does not acquire, a successful one does") {
  CHECK(simulate_all<message_to_compare_exchange<7>>().failed.has_value());
  CHECK_FALSE(simulate_all<message_to_compare_exchange<1>>().failed.has_value());
}

}  // namespace
