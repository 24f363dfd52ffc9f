// SPDX-License-Identifier: GPL-2.0-only
// What explore_atomics reports of tasks that wait: deadlock, and lost progress.
#include "tests/model/atomics/exploration.hpp"

#include <doctest/doctest.h>

#include <array>

namespace {

using namespace stockcheck;
using explore::finding_kind;
using tests::explore_all;
using tests::explored_suite;
using policy = explore_atomics;

struct opposite_lock_order : explored_suite<2> {
  std::array<policy::mutex, 2> locks;
  void task(std::size_t number) override {
    locks.at(number).lock();
    locks.at(1 - number).lock();
    locks.at(1 - number).unlock();
    locks.at(number).unlock();
  }
};
struct same_lock_order : explored_suite<2> {
  std::array<policy::mutex, 2> locks;
  void task(std::size_t) override {
    for (auto& lock : locks) lock.lock();
    for (auto& lock : locks) lock.unlock();
  }
};

TEST_CASE("explored: two mutexes taken in opposite orders deadlock, in the same order do not") {
  CHECK(explore_all<opposite_lock_order>().found(finding_kind::deadlock));
  CHECK(explore_all<same_lock_order>().is_proof());
}

struct try_lock_of_a_held_mutex : explored_suite<2> {
  static inline bool refused = false;
  static inline bool taken = false;
  policy::mutex lock;
  void task(std::size_t) override {
    const bool got_it = lock.try_lock();
    (got_it ? taken : refused) = true;
    if (got_it) lock.unlock();
  }
};

TEST_CASE("explored: try_lock takes a free mutex and is refused a held one") {
  CHECK(explore_all<try_lock_of_a_held_mutex>().is_proof());
  CHECK(try_lock_of_a_held_mutex::taken);
  CHECK(try_lock_of_a_held_mutex::refused);
}

struct awaits_the_impossible : explored_suite<2> {
  policy::atomic<int> flag;
  void task(std::size_t number) override {
    if (number == 0) policy::await([this] { return flag.load(order::relaxed) == 1; });
  }
};
struct awaits_the_other : explored_suite<2> {
  policy::atomic<int> flag;
  void task(std::size_t number) override {
    if (number == 0)
      policy::await([this] { return flag.load(order::acquire) == 1; });
    else
      flag.store(1, order::release);
  }
};

TEST_CASE("explored: waiting for what never comes is found, waiting for another task is not") {
  CHECK(explore_all<awaits_the_impossible>().found(finding_kind::no_progress));
  const auto outcome = explore_all<awaits_the_other>();
  CHECK(outcome.is_proof());
  CHECK(outcome.exploration.complete == 1);
}

}  // namespace
