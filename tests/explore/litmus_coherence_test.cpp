// SPDX-License-Identifier: GPL-2.0-only
// Litmus tests of one location: coherence ([intro.races] 14-18) and atomicity of updates. All
// models agree on them, because whatever they forbid is a cycle in one location.
#include "tests/explore/exploration_of.hpp"

#include <doctest/doctest.h>

namespace {

using namespace stockcheck::explore;
using namespace stockcheck::explore::tests;
using enum memory_order;

constexpr counts same(std::uint64_t number) { return {number, number, number}; }

task_code store_of(value what) {
  return [what](shared& s) { s.x.store(what, relaxed); };
}
task_code two_loads(std::size_t into) {
  return [into](shared& s) {
    s.r[into] = s.x.load(relaxed);
    s.r[into + 1] = s.x.load(relaxed);
  };
}

TEST_CASE("CoRR: two loads of a task do not see stores in the wrong order") {
  // One store: 0 0, 0 1, 1 1.
  expect({.tasks = {store_of(1), two_loads(0)}}, {1, 0}, same(3), same(0));
  // Two stores: 2 orders, and of 3 x 3 pairs of sources the 6 that do not go back.
  expect({.tasks = {store_of(1), store_of(2), two_loads(0)}}, {1, 0}, same(12), same(0));
  // Two readers: 2 x 6 x 6.
  expect({.tasks = {store_of(1), store_of(2), two_loads(0), two_loads(2)}}, {1, 2, 2, 1}, same(72),
         same(0));
}

TEST_CASE("CoWW: two stores of a task stay in order") {
  const litmus test{.tasks = {[](shared& s) {
                      s.x.store(1, relaxed);
                      s.x.store(2, relaxed);
                    }},
                    .settle = [](shared& s) { s.r[0] = s.x.load(relaxed); }};
  expect(test, {1}, same(1), same(0));
}

TEST_CASE("CoRW: a load does not see what its task stores later, nor what comes behind that") {
  const litmus alone{.tasks = {[](shared& s) {
                       s.r[0] = s.x.load(relaxed);
                       s.x.store(1, relaxed);
                     }}};
  expect(alone, {1}, same(1), same(0));
  // Two orders and two sources, less the one that the store behind the load comes before.
  const litmus both{.tasks = {[](shared& s) {
                                s.r[0] = s.x.load(relaxed);
                                s.x.store(1, relaxed);
                              },
                              store_of(2)},
                    .settle = [](shared& s) { s.r[1] = s.x.load(relaxed); }};
  expect(both, {2, 2}, same(3), same(0));
}

TEST_CASE("CoWR: a load sees its task's store or a later one") {
  const litmus alone{.tasks = {[](shared& s) {
                       s.x.store(1, relaxed);
                       s.r[0] = s.x.load(relaxed);
                     }}};
  expect(alone, {0}, same(1), same(0));
  const litmus both{.tasks = {[](shared& s) {
                                s.x.store(1, relaxed);
                                s.r[0] = s.x.load(relaxed);
                              },
                              store_of(2)},
                    .settle = [](shared& s) { s.r[1] = s.x.load(relaxed); }};
  expect(both, {2, 1}, same(3), same(0));
}

TEST_CASE("N unordered stores to one location have N! orders") {
  std::vector<task_code> tasks;
  std::uint64_t factorial = 1;
  for (value n = 1; n <= 6; ++n) {
    tasks.push_back(store_of(n));
    factorial *= n;
    expect({.tasks = tasks}, {}, same(factorial), same(factorial));
  }
}

TEST_CASE("an update writes right behind what it reads") {
  const task_code increment = [](shared& s) { s.r[0] = s.x.fetch_add(1, relaxed); };
  const auto final_x = [](shared& s) { s.r[1] = s.x.load(relaxed); };
  // The store comes before or behind: it is never lost, and never between.
  expect({.tasks = {increment, store_of(5)}, .settle = final_x}, {0, 1}, same(2), same(0));
  const litmus two_stores{.tasks = {increment,
                                    [](shared& s) {
                                      s.x.store(5, relaxed);
                                      s.x.store(6, relaxed);
                                    }},
                          .settle = final_x};
  expect(two_stores, {5, 7}, same(3), same(0));
  // Two exchanges in two orders; the load sees one of three values.
  const litmus exchanges{.tasks = {[](shared& s) { s.r[0] = s.x.exchange(1, relaxed); },
                                   [](shared& s) { s.r[1] = s.x.exchange(2, relaxed); },
                                   [](shared& s) { s.r[2] = s.x.load(relaxed); }}};
  expect(exchanges, {0, 0, 1}, same(6), same(0));
}

TEST_CASE("one of several compare-exchanges from the same value succeeds") {
  // The others read what the first one wrote. Nobody can fail on a value that it expects.
  std::vector<task_code> tasks;
  for (std::size_t n = 0; n < 4; ++n) {
    tasks.push_back([n](shared& s) { s.r[n] = s.x.replace(0, n + 1, relaxed) ? 1 : 0; });
    if (n > 0) expect({.tasks = tasks}, {1, 1}, same(n + 1), same(0));
  }
}

TEST_CASE("a compare-exchange says what it read when it fails, and what it expected when not") {
  const litmus test{.tasks = {[](shared& s) {
                                s.r[0] = 3;
                                s.r[1] = s.x.compare_exchange(s.r[0], 4, relaxed) ? 1 : 0;
                              },
                              [](shared& s) { s.x.store(3, relaxed); }},
                    .settle = [](shared& s) { s.r[2] = s.x.load(relaxed); }};
  // Reads 3 and writes 4, or reads 0 and writes nothing.
  expect(test, {3, 1, 4}, same(2), same(1));
  expect(test, {0, 0, 3}, same(2), same(1));
}

TEST_CASE("a load sees what a compare-exchange writes that another's store makes succeed") {
  const litmus test{.tasks = {[](shared& s) { s.r[0] = s.x.load(relaxed); },
                              [](shared& s) { s.r[1] = s.x.replace(1, 2, relaxed) ? 1 : 0; },
                              store_of(1)}};
  // The compare-exchange succeeds or not; the load has 0 and 1, and 2 if it does.
  expect(test, {2, 1}, same(5), same(1));
}

TEST_CASE("the operations compute what they say, at every width") {
  struct operands {
    operation op;
    value result;
  };
  constexpr value before = 0xf0f0f0f0f0f0f0f0U;
  constexpr value operand = 0x3333333333333333U;
  for (const unsigned width : {1U, 2U, 4U, 8U}) {
    const value mask = width == 8 ? ~value{0} : (value{1} << (8 * width)) - 1;
    for (const auto& [op, result] :
         {operands{operation::exchange, operand}, operands{operation::fetch_add, before + operand},
          operands{operation::fetch_sub, before - operand},
          operands{operation::fetch_and, before & operand},
          operands{operation::fetch_or, before | operand},
          operands{operation::fetch_xor, before ^ operand}}) {
      const litmus test{.tasks = {[=](shared& s) {
                          const cell narrow{before & mask, width};
                          s.r[0] =
                              read_modify_write(op, narrow.id(), operand, relaxed, here::current());
                          s.r[1] = narrow.load(relaxed);
                        }}};
      const observed seen = run(test);
      CHECK(seen.executions_with({before & mask, result & mask}) == 1);
    }
  }
}

}  // namespace
