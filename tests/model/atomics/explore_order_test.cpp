// SPDX-License-Identifier: GPL-2.0-only
// What the orders of explore_atomics allow and forbid, on the classic litmus tests.
#include "tests/model/atomics/exploration.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>

namespace {

using namespace stockcheck;
using tests::explore_all;
using tests::explored_suite;

using cell = explore_atomics::atomic<int>;

/// Two tasks that each write their own cell and then read the other's. Whether both may read 0 is
/// the question that page_counter::try_charge() and set_max() stand on.
template <order First, order Second>
struct store_buffering : explored_suite<2> {
  static inline bool both_read_zero = false;
  cell x;
  cell y;
  int x_read = 0;
  int y_read = 0;

  void task(std::size_t number) override {
    if (number == 0) {
      x.fetch_add(1, First);
      y_read = y.load(order::relaxed);
    } else {
      y.fetch_add(1, Second);
      x_read = x.load(order::relaxed);
    }
  }
  void settle() override { both_read_zero = both_read_zero || (x_read == 0 && y_read == 0); }
};

template <order First, order Second>
bool store_buffering_is_observable() {
  using suite = store_buffering<First, Second>;
  suite::both_read_zero = false;
  REQUIRE(explore_all<suite>().is_proof());
  return suite::both_read_zero;
}

TEST_CASE("explored: two fully ordered RMWs forbid store buffering") {
  CHECK_FALSE(store_buffering_is_observable<order::full, order::full>());
}
TEST_CASE("explored: store buffering shows when either RMW is seq_cst instead of fully ordered") {
  CHECK(store_buffering_is_observable<order::seq_cst, order::full>());
  CHECK(store_buffering_is_observable<order::full, order::seq_cst>());
}
TEST_CASE("explored: store buffering shows when either RMW is relaxed") {
  CHECK(store_buffering_is_observable<order::relaxed, order::full>());
  CHECK(store_buffering_is_observable<order::full, order::relaxed>());
}

/// Two tasks that store, execute `between`, and load.
template <class Between>
struct store_between_load : explored_suite<2> {
  static inline bool both_read_zero = false;
  cell x;
  cell y;
  std::array<Between, 2> between;
  int x_read = 0;
  int y_read = 0;

  void task(std::size_t number) override {
    cell& mine = number == 0 ? x : y;
    cell& other = number == 0 ? y : x;
    mine.store(1, order::relaxed);
    between.at(number).run();
    (number == 0 ? y_read : x_read) = other.load(order::relaxed);
  }
  void settle() override { both_read_zero = both_read_zero || (x_read == 0 && y_read == 0); }
};

template <class Between>
bool both_may_read_zero_around(explore::memory_model model = explore::memory_model::rc11) {
  using suite = store_between_load<Between>;
  suite::both_read_zero = false;
  REQUIRE(explore_all<suite>(model).is_proof());
  return suite::both_read_zero;
}

struct nothing {
  void run() {}
};
template <order Order>
struct fence {
  void run() { explore_atomics::fence(Order); }
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

TEST_CASE("explored: a full fence forbids store buffering, an acq_rel fence does not") {
  CHECK(both_may_read_zero_around<nothing>());
  CHECK(both_may_read_zero_around<fence<order::acq_rel>>());
  CHECK_FALSE(both_may_read_zero_around<fence<order::full>>());
  CHECK_FALSE(both_may_read_zero_around<fence<order::seq_cst>>());
}
TEST_CASE("explored: the memory model decides whether stores are buffered") {
  CHECK_FALSE(both_may_read_zero_around<nothing>(explore::memory_model::sc));
  CHECK(both_may_read_zero_around<nothing>(explore::memory_model::tso));
  CHECK_FALSE(both_may_read_zero_around<fence<order::full>>(explore::memory_model::tso));
}
TEST_CASE("explored: a fully ordered RMW on other memory orders what is before and behind it") {
  CHECK_FALSE(both_may_read_zero_around<full_exchange>());
  CHECK_FALSE(both_may_read_zero_around<full_compare_exchange<0>>());
}
TEST_CASE("explored: a fully ordered compare-exchange that fails orders nothing") {
  CHECK(both_may_read_zero_around<full_compare_exchange<7>>());
}

/// One task writes data and raises a flag, the other sees the flag and reads the data.
template <order Write, order Read>
struct message_passing : explored_suite<2> {
  cell data;
  cell flag;

  void task(std::size_t number) override {
    if (number == 0) {
      data.store(1, order::relaxed);
      flag.store(1, Write);
    } else if (flag.load(Read) == 1) {
      explore_atomics::expect(data.load(order::relaxed) == 1, oracle::scenario, "stale data");
    }
  }
};

TEST_CASE("explored: a message passed with relaxed accesses may arrive without its data") {
  const auto outcome = explore_all<message_passing<order::relaxed, order::relaxed>>();
  CHECK(outcome.found(explore::finding_kind::assertion));
  REQUIRE(outcome.failed);
  CHECK(outcome.failed->what == std::string{"stale data"});
}
TEST_CASE("explored: a message needs both release and acquire, but not on x86") {
  CHECK(explore_all<message_passing<order::release, order::relaxed>>().failed);
  CHECK(explore_all<message_passing<order::relaxed, order::acquire>>().failed);
  CHECK(explore_all<message_passing<order::release, order::acquire>>().is_proof());
  using relaxed = message_passing<order::relaxed, order::relaxed>;
  CHECK(explore_all<relaxed>(explore::memory_model::tso).is_proof());
}

/// The flag is read by a fully ordered compare-exchange, which fails or succeeds.
template <int Expected>
struct message_to_compare_exchange : explored_suite<2> {
  cell data;
  cell flag;

  void task(std::size_t number) override {
    if (number == 0) {
      data.store(1, order::relaxed);
      flag.store(1, order::release);
      return;
    }
    int expected = Expected;
    flag.compare_exchange_strong(expected, 5, order::full, order::relaxed);
    if (expected == 1)
      explore_atomics::expect(data.load(order::relaxed) == 1, oracle::scenario, "stale data");
  }
};

TEST_CASE("explored: a failing fully ordered compare-exchange does not acquire, another does") {
  CHECK(explore_all<message_to_compare_exchange<7>>().failed);
  CHECK(explore_all<message_to_compare_exchange<1>>().is_proof());
}

}  // namespace
