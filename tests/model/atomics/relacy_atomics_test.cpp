// SPDX-License-Identifier: GPL-2.0-only
// What relacy_atomics reports: races, lifetime errors, deadlock, livelock, and where they are.
#include "model/atomics/relacy_allocation.hpp"
#include "tests/model/atomics/simulation.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace {

using namespace stockcheck;
using tests::simulate_all;
using policy = relacy_atomics;

struct unordered_stores : rl::test_suite<unordered_stores, 2> {
  policy::plain<int> shared{0};
  void thread(unsigned) { shared.store(1); }
};
struct store_against_load : rl::test_suite<store_against_load, 2> {
  policy::plain<int> shared{0};
  void thread(unsigned task) {
    if (task == 0)
      shared.store(1);
    else
      static_cast<void>(shared.load());
  }
};
struct unordered_loads : rl::test_suite<unordered_loads, 2> {
  policy::plain<int> shared{0};
  void thread(unsigned) { static_cast<void>(shared.load()); }
};
struct racy_accesses : rl::test_suite<racy_accesses, 2> {
  policy::plain<int> shared{0};
  void thread(unsigned) {
    const auto marked = shared.racy();
    marked.store(marked.load() + 1);
  }
};
struct stores_under_a_mutex : rl::test_suite<stores_under_a_mutex, 2> {
  policy::plain<int> shared{0};
  policy::mutex lock;
  void thread(unsigned) {
    lock.lock();
    shared.store(shared.load() + 1);
    lock.unlock();
  }
  void after() { policy::expect(shared.load() == 2, oracle::scenario, "lost update"); }
};

TEST_CASE("two unordered accesses of a plain object are a race if one of them writes") {
  CHECK(simulate_all<unordered_stores>().result == rl::test_result_data_race);
  CHECK(simulate_all<store_against_load>().result == rl::test_result_data_race);
  CHECK(simulate_all<unordered_loads>().result == rl::test_result_success);
}
TEST_CASE("accesses marked racy are never reported") {
  CHECK(simulate_all<racy_accesses>().result == rl::test_result_success);
}
TEST_CASE("a mutex orders the accesses of plain objects that it protects") {
  CHECK(simulate_all<stores_under_a_mutex>().result == rl::test_result_success);
}

struct use_after_destroy : rl::test_suite<use_after_destroy, 1> {
  void thread(unsigned) {
    auto* const object = policy::make<policy::atomic<int>>(1);
    policy::destroy(object);
    object->store(2, order::relaxed);
  }
};
struct use_against_destroy : rl::test_suite<use_against_destroy, 2> {
  policy::atomic<int>* object = nullptr;
  void before() { object = policy::make<policy::atomic<int>>(1); }
  void thread(unsigned task) {
    if (task == 0)
      policy::destroy(object);
    else
      object->store(2, order::relaxed);
  }
};
struct destroyed_twice : rl::test_suite<destroyed_twice, 1> {
  void thread(unsigned) {
    int* const object = policy::make<int>(1);
    policy::destroy(object);
    policy::destroy(object);
  }
};
struct never_destroyed : rl::test_suite<never_destroyed, 1> {
  void thread(unsigned) { static_cast<void>(policy::make<int>(1)); }
};
struct lives_and_dies : rl::test_suite<lives_and_dies, 1> {
  void thread(unsigned) { policy::destroy(policy::make<policy::atomic<int>>(1)); }
};

TEST_CASE("using an object after its destruction is found") {
  CHECK(simulate_all<use_after_destroy>().result == rl::test_result_access_to_freed_memory);
  CHECK(simulate_all<use_against_destroy>().result == rl::test_result_access_to_freed_memory);
}
TEST_CASE("destroying an object twice is found") {
  CHECK(simulate_all<destroyed_twice>().result == rl::test_result_double_free);
}
TEST_CASE("an object that is never destroyed is found, one that is destroyed is not") {
  CHECK(simulate_all<never_destroyed>().result == rl::test_result_memory_leak);
  CHECK(simulate_all<lives_and_dies>().result == rl::test_result_success);
}

struct opposite_lock_order : rl::test_suite<opposite_lock_order, 2> {
  policy::mutex locks[2];
  void thread(unsigned task) {
    locks[task].lock();
    locks[1 - task].lock();
    locks[1 - task].unlock();
    locks[task].unlock();
  }
};
struct same_lock_order : rl::test_suite<same_lock_order, 2> {
  policy::mutex locks[2];
  void thread(unsigned) {
    for (auto& lock : locks) lock.lock();
    for (auto& lock : locks) lock.unlock();
  }
};

TEST_CASE("two mutexes taken in opposite orders deadlock, in the same order they do not") {
  CHECK(simulate_all<opposite_lock_order>().result == rl::test_result_deadlock);
  CHECK(simulate_all<same_lock_order>().result == rl::test_result_success);
}

struct try_lock_of_a_held_mutex : rl::test_suite<try_lock_of_a_held_mutex, 2> {
  static inline bool refused = false;
  static inline bool taken = false;
  policy::mutex lock;
  void thread(unsigned) {
    const bool got_it = lock.try_lock();
    (got_it ? taken : refused) = true;
    if (got_it) lock.unlock();
  }
};

TEST_CASE("try_lock takes a free mutex and is refused a held one") {
  CHECK(simulate_all<try_lock_of_a_held_mutex>().result == rl::test_result_success);
  CHECK(try_lock_of_a_held_mutex::taken);
  CHECK(try_lock_of_a_held_mutex::refused);
}

struct awaits_the_impossible : rl::test_suite<awaits_the_impossible, 2> {
  void thread(unsigned task) {
    if (task == 0) policy::await([] { return false; });
  }
};
struct awaits_the_other : rl::test_suite<awaits_the_other, 2> {
  policy::atomic<int> flag;
  void thread(unsigned task) {
    if (task == 0)
      policy::await([this] { return flag.load(order::acquire) == 1; });
    else
      flag.store(1, order::release);
  }
};

TEST_CASE("waiting for what never holds is a livelock, waiting for another task is not") {
  CHECK(simulate_all<awaits_the_impossible>().result == rl::test_result_livelock);
  CHECK(simulate_all<awaits_the_other>().result == rl::test_result_success);
}

struct every_choice : rl::test_suite<every_choice, 1> {
  static inline unsigned chosen = 0;  ///< a bit for each number
  void thread(unsigned) { chosen |= 1U << policy::choose(3); }
};

TEST_CASE("a full search makes every choice") {
  every_choice::chosen = 0;
  CHECK(simulate_all<every_choice>().result == rl::test_result_success);
  CHECK(every_choice::chosen == 0b111U);
}

struct every_task : rl::test_suite<every_task, 2> {
  static inline bool numbers_agree = true;
  void thread(unsigned number) { numbers_agree = numbers_agree && policy::task() == number; }
};

TEST_CASE("a task knows its number") {
  CHECK(simulate_all<every_task>().result == rl::test_result_success);
  CHECK(every_task::numbers_agree);
}

/// The lines of the accesses below, noted where they stand.
struct located : rl::test_suite<located, 1> {
  static inline unsigned add_line = 0;
  static inline unsigned expect_line = 0;
  policy::atomic<int> counter;
  policy::plain<int> plain{0};

  void thread(unsigned) {
    add_line = location::current().line() + 1;
    counter.fetch_add(1, order::full);
    expect_line = location::current().line() + 1;
    policy::expect(plain.load() == 9, oracle::underflow, "not nine", {{"usage", plain.load()}});
  }
};

TEST_CASE("a failed expectation ends the execution and keeps its kind, text, numbers and place") {
  const auto outcome = simulate_all<located>();
  CHECK(outcome.result == rl::test_result_user_assert_failed);
  REQUIRE(outcome.failed);
  CHECK(outcome.failed->kind == oracle::underflow);
  CHECK(std::string_view{outcome.failed->what} == "not nine");
  REQUIRE(outcome.failed->count == 1);
  CHECK(std::string_view{outcome.failed->numbers.at(0).name} == "usage");
  CHECK(outcome.failed->numbers.at(0).value == 0);
  CHECK(outcome.failed->at.line == located::expect_line);
  CHECK(std::string_view{outcome.failed->at.file}.ends_with("relacy_atomics_test.cpp"));
}

/// Whether the history has a line with all of these.
bool history_tells(const std::string& history, std::string_view what, unsigned line) {
  const std::string place = "relacy_atomics_test.cpp(" + std::to_string(line) + ")";
  for (std::size_t begin = 0; begin < history.size();) {
    const std::size_t end = std::min(history.find('\n', begin), history.size());
    const auto entry = std::string_view{history}.substr(begin, end - begin);
    if (entry.find(what) != entry.npos && entry.find(place) != entry.npos) return true;
    begin = end + 1;
  }
  return false;
}

TEST_CASE("a history names the file and the line of an access in the code under test") {
  const auto outcome = simulate_all<located>();
  CAPTURE(outcome.history);
  CHECK(history_tells(outcome.history, "fetch_add", located::add_line));
  CHECK(history_tells(outcome.history, "load", located::expect_line));
  CHECK(history_tells(outcome.history, "not nine", located::expect_line));
}

}  // namespace
