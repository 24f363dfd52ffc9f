// SPDX-License-Identifier: GPL-2.0-only
// Choices of the code under test: every one is explored, once.
#include "tests/explore/exploration_of.hpp"

#include <doctest/doctest.h>

namespace {

using namespace stockcheck::explore;
using namespace stockcheck::explore::tests;
using enum memory_order;

std::uint32_t chosen(std::uint32_t n) { return choose(n, here::current()); }
const task_code nothing = [](shared&) {};

TEST_CASE("a choice of n has n outcomes") {
  for (std::uint32_t n = 1; n <= 5; ++n) {
    const observed seen = run(litmus{.tasks = {[n](shared& s) { s.r[0] = chosen(n); }}});
    CHECK(seen.proof);
    CHECK(seen.result.complete == n);
    CHECK(seen.outcomes.size() == n);
  }
}

TEST_CASE("choices multiply, also those of several tasks") {
  const litmus test{.tasks = {[](shared& s) {
                                s.r[0] = chosen(2);
                                if (s.r[0] == 1) s.r[1] = chosen(3);
                              },
                              [](shared& s) { s.r[2] = chosen(2); }}};
  const observed seen = run(test);
  CHECK(seen.result.complete == (1 + 3) * 2);
  CHECK(seen.outcomes.size() == 8);
}

TEST_CASE("a choice and what others do are explored together") {
  // Three values to store, and the reader sees it or not.
  const litmus test{.tasks = {[](shared& s) { s.x.store(chosen(3) + 1, relaxed); },
                              [](shared& s) { s.r[0] = s.x.load(relaxed); }}};
  const observed seen = run(test);
  CHECK(seen.result.complete == 6);
  CHECK(seen.executions_with({0}) == 3);
  for (const value stored : {1U, 2U, 3U}) CHECK(seen.executions_with({stored}) == 1);
}

TEST_CASE("a choice behind a load is made anew when the load is revisited") {
  const litmus test{.tasks = {[](shared& s) {
                                s.r[0] = s.x.load(relaxed);
                                s.r[1] = chosen(2);
                              },
                              [](shared& s) { s.x.store(1, relaxed); }}};
  const observed seen = run(test);
  CHECK(seen.result.complete == 4);
  CHECK(seen.outcomes.size() == 4);
}

TEST_CASE("the set-up may choose: the tasks are explored for each of its choices") {
  const litmus test{.tasks = {[](shared& s) { s.r[0] = s.x.fetch_add(1, relaxed); },
                              [](shared& s) { s.r[1] = s.x.fetch_add(1, relaxed); }},
                    .set_up = [](shared& s) {
                      const value initial = chosen(3);
                      s.x.store(initial * 10, relaxed);
                    }};
  const observed seen = run(test);
  CHECK(finding_of(seen) == "nothing");
  CHECK(seen.proof);
  CHECK(seen.result.complete == 3 * 2);
  CHECK(seen.outcomes.size() == 6);
  CHECK(seen.executions_with({20, 21}) == 1);
}

TEST_CASE("what settles may choose, and so may the set-up before it") {
  const litmus test{.tasks = {[](shared& s) { s.x.store(1, relaxed); },
                              [](shared& s) { s.r[0] = s.x.load(relaxed); }},
                    .settle = [](shared& s) { s.r[1] = chosen(3); }};
  const observed seen = run(test);
  CHECK(seen.proof);
  CHECK(seen.result.complete == 2 * 3);
  CHECK(seen.outcomes.size() == 6);
  const litmus both{.tasks = {nothing},
                    .settle = [](shared& s) { s.r[1] = chosen(2); },
                    .set_up = [](shared& s) { s.r[0] = chosen(2); }};
  CHECK(run(both).outcomes.size() == 4);
  CHECK(run(both).result.complete == 4);
}

TEST_CASE("an assertion that one choice breaks is found") {
  CHECK(finding_of(litmus{.tasks = {[](shared&) {
                            if (chosen(4) == 2) fail("chosen badly", here::current());
                          }}}) == "assertion");
}

}  // namespace
