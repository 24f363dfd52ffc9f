// SPDX-License-Identifier: GPL-2.0-only
// What std_atomics alone promises: the orders it maps to, and how a violation is told.
#include "model/atomics/std_atomics.hpp"

#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <string_view>
#include <thread>

namespace {

using namespace stockcheck;

TEST_CASE("every order but full maps to its namesake in C++") {
  CHECK(to_std(order::relaxed) == std::memory_order_relaxed);
  CHECK(to_std(order::acquire) == std::memory_order_acquire);
  CHECK(to_std(order::release) == std::memory_order_release);
  CHECK(to_std(order::acq_rel) == std::memory_order_acq_rel);
  CHECK(to_std(order::seq_cst) == std::memory_order_seq_cst);
}

TEST_CASE("a full access is at least seq_cst") {
  CHECK(to_std(order::full) == std::memory_order_seq_cst);
}

TEST_CASE("std_atomics adds no space to what it wraps") {
  CHECK(sizeof(std_atomics::atomic<long>) == sizeof(std::atomic<long>));
  CHECK(sizeof(std_atomics::plain<long>) == sizeof(long));
}

TEST_CASE("a false expectation throws a violation with its kind, text, numbers and place") {
  unsigned line = 0;
  try {
    line = location::current().line() + 1;
    std_atomics::expect(false, oracle::overcharge, "too much", {{"usage", 5}, {"limit", 4}});
    FAIL("no violation was thrown");
  } catch (const violation& thrown) {
    const failed_expectation& failed = thrown.failed();
    CHECK(failed.kind == oracle::overcharge);
    CHECK(std::string_view{thrown.what()} == "too much");
    REQUIRE(failed.count == 2);
    CHECK(std::string_view{failed.numbers[0].name} == "usage");
    CHECK(failed.numbers[0].value == 5);
    CHECK(std::string_view{failed.numbers[1].name} == "limit");
    CHECK(failed.numbers[1].value == 4);
    CHECK(failed.at.line == line);
    CHECK(std::string_view{failed.at.file}.ends_with("std_atomics_test.cpp"));
  }
}

TEST_CASE("facts beyond what a finding can hold are dropped") {
  const facts many{{"1", 1}, {"2", 2}, {"3", 3}, {"4", 4}, {"5", 5},
                   {"6", 6}, {"7", 7}, {"8", 8}, {"9", 9}};
  const failed_expectation failed{oracle::leak, "text", many, location::current()};
  CHECK(failed.count == failed_expectation::max_facts);
  CHECK(failed.numbers.back().value == 8);
}

TEST_CASE("every oracle has a name of its own") {
  for (std::size_t i = 0; i < oracle_names.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) CHECK(oracle_names.at(i) != oracle_names.at(j));
  CHECK(name_of(oracle::conservation) == "conservation");
  CHECK(name_of(oracle::scenario) == "scenario");
}

TEST_CASE("choices cover their range and repeat with the seed") {
  const auto draw = [] {
    std_atomics::current().random.seed(42);
    std::array<unsigned, 64> drawn{};
    for (unsigned& number : drawn) number = std_atomics::choose(4);
    return drawn;
  };
  const auto first = draw();
  CHECK(first == draw());
  unsigned seen = 0;
  for (const unsigned number : first) seen |= 1U << number;
  CHECK(seen == 0b1111U);
}

TEST_CASE("try_lock is refused while another thread holds the mutex") {
  std_atomics::mutex lock;
  lock.lock();
  bool taken = true;
  std::thread{[&] { taken = lock.try_lock(); }}.join();
  CHECK_FALSE(taken);
  lock.unlock();
}

TEST_CASE("every thread has a task number of its own") {
  std_atomics::current().number = 3;
  unsigned of_the_other = 9;
  std::thread{[&] { of_the_other = std_atomics::task(); }}.join();
  CHECK(of_the_other == 0);
  CHECK(std_atomics::task() == 3);
  std_atomics::current().number = 0;
}

TEST_CASE("concurrent RMWs lose nothing and await sees another thread's store") {
  constexpr int rounds = 20'000;
  std_atomics::atomic<long> total;
  std_atomics::atomic<int> finished;
  std::thread other{[&] {
    for (int i = 0; i < rounds; ++i) total.fetch_add(1, order::full);
    finished.store(1, order::release);
  }};
  for (int i = 0; i < rounds; ++i) total.fetch_sub(1, order::relaxed);
  std_atomics::await([&] { return finished.load(order::acquire) == 1; });
  CHECK(total.load(order::relaxed) == 0);
  other.join();
}

}  // namespace
