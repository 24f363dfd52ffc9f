// SPDX-License-Identifier: GPL-2.0-only
// What explore_atomics reports: races and failed expectations, and where they are; that it makes
// every choice and keeps every value.
#include "tests/model/atomics/exploration.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <set>
#include <string_view>
#include <type_traits>

namespace {

using namespace stockcheck;
using explore::finding_kind;
using tests::explore_all;
using tests::explored_suite;
using policy = explore_atomics;

template <class T>
concept copied = std::is_copy_constructible_v<T> || std::is_copy_assignable_v<T> ||
                 std::is_move_constructible_v<T> || std::is_move_assignable_v<T>;
static_assert(!copied<policy::atomic<int>> && !copied<policy::plain<int>> &&
              !copied<policy::mutex>);

struct unordered_stores : explored_suite<2> {
  policy::plain<int> shared{0};
  void task(std::size_t) override { shared.store(1); }
};
struct store_against_load : explored_suite<2> {
  policy::plain<int> shared{0};
  void task(std::size_t number) override {
    if (number == 0)
      shared.store(1);
    else
      static_cast<void>(shared.load());
  }
};
struct unordered_loads : explored_suite<2> {
  policy::plain<int> shared{0};
  void task(std::size_t) override { static_cast<void>(shared.load()); }
};
struct racy_accesses : explored_suite<2> {
  policy::plain<int> shared{0};
  void task(std::size_t) override {
    const auto marked = shared.racy();
    marked.store(marked.load() + 1);
  }
};
struct stores_under_a_mutex : explored_suite<2> {
  policy::plain<int> shared{0};
  policy::mutex lock;
  void task(std::size_t) override {
    lock.lock();
    shared.store(shared.load() + 1);
    lock.unlock();
  }
  void settle() override { policy::expect(shared.load() == 2, oracle::scenario, "lost update"); }
};

TEST_CASE("explored: two unordered accesses of a plain object are a race if one of them writes") {
  CHECK(explore_all<unordered_stores>().found(finding_kind::data_race));
  CHECK(explore_all<store_against_load>().found(finding_kind::data_race));
  CHECK(explore_all<unordered_loads>().is_proof());
}
TEST_CASE("explored: accesses marked racy are never reported") {
  CHECK(explore_all<racy_accesses>().is_proof());
}
TEST_CASE("explored: a mutex orders what it protects, one execution for each order of locking") {
  const auto outcome = explore_all<stores_under_a_mutex>();
  CHECK(outcome.is_proof());
  CHECK(outcome.exploration.complete == 2);
  CHECK(outcome.exploration.blocked == 0);
}

struct every_choice : explored_suite<1> {
  static inline std::set<unsigned> chosen;
  void task(std::size_t) override { chosen.insert(policy::choose(3)); }
};

TEST_CASE("explored: every choice is made, once") {
  every_choice::chosen.clear();
  const auto outcome = explore_all<every_choice>();
  CHECK(outcome.exploration.complete == 3);
  CHECK(every_choice::chosen == std::set<unsigned>{0, 1, 2});
}

struct every_task : explored_suite<2> {
  static inline bool numbers_agree = true;
  void task(std::size_t number) override {
    numbers_agree = numbers_agree && policy::task() == number;
  }
};

TEST_CASE("explored: a task knows its number") {
  CHECK(explore_all<every_task>().is_proof());
  CHECK(every_task::numbers_agree);
}

/// Values of every size come back as they were stored, and arithmetic wraps within the size.
struct representations : explored_suite<1> {
  static inline bool kept = true;

  template <class T>
  void with(T value) {
    policy::atomic<T> cell{value};
    kept = kept && cell.load(order::relaxed) == value;
    kept = kept && cell.exchange(T{}, order::full) == value;
    policy::plain<T> plain{value};
    kept = kept && plain.load() == value;
  }
  template <class T>
  void wraps() {
    policy::atomic<T> cell{std::numeric_limits<T>::max()};
    cell.fetch_add(1, order::relaxed);
    kept = kept && cell.load(order::relaxed) == std::numeric_limits<T>::min();
    T expected = std::numeric_limits<T>::min();
    kept = kept && cell.compare_exchange_strong(expected, T{3}, order::full, order::relaxed);
  }
  void task(std::size_t) override {
    with(true);
    with<std::int8_t>(-3);
    with<std::uint16_t>(65535);
    with(-7);
    with(std::numeric_limits<long>::min());
    with(this);
    wraps<std::uint8_t>();
    wraps<unsigned>();
    wraps<long>();
  }
};

TEST_CASE("explored: values of one to eight bytes and pointers are kept") {
  CHECK(explore_all<representations>().is_proof());
  CHECK(representations::kept);
}

struct located : explored_suite<1> {
  static inline unsigned add_line = 0;
  static inline unsigned expect_line = 0;
  policy::atomic<int> counter;
  policy::plain<int> plain{0};

  located() { policy::label(counter, "root", "usage"); }
  void task(std::size_t) override {
    add_line = location::current().line() + 1;
    counter.fetch_add(1, order::full);
    expect_line = location::current().line() + 1;
    policy::expect(plain.load() == 9, oracle::underflow, "not nine", {{"usage", plain.load()}});
  }
};

TEST_CASE("explored: a failed expectation keeps its kind, text, numbers and place") {
  const auto outcome = explore_all<located>();
  CHECK(outcome.found(finding_kind::assertion));
  REQUIRE(outcome.failed);
  CHECK(outcome.failed->kind == oracle::underflow);
  CHECK(std::string_view{outcome.failed->what} == "not nine");
  REQUIRE(outcome.failed->count == 1);
  CHECK(std::string_view{outcome.failed->numbers.at(0).name} == "usage");
  CHECK(outcome.failed->at.line == located::expect_line);
}

TEST_CASE("explored: a counterexample knows the names and the lines of accesses") {
  const auto outcome = explore_all<located>();
  REQUIRE(outcome.exploration.counterexample);
  const auto& shown = *outcome.exploration.counterexample;
  const explore::event& first = (*shown.graph)[shown.order.front()];
  const explore::site at = shown.recording.site_of(first.id);
  CHECK(at.line == located::add_line);
  CHECK(std::string_view{at.file}.ends_with("explore_atomics_test.cpp"));
  REQUIRE(shown.recording.name_of(first.location) != nullptr);
  CHECK(std::string_view{shown.recording.name_of(first.location)->name} == "usage");
}

}  // namespace
