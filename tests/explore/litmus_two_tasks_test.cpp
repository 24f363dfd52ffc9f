// SPDX-License-Identifier: GPL-2.0-only
// Litmus tests of two tasks. Their names and verdicts are those of Alglave, Maranget, Sarkar,
// Sewell, "Litmus: Running Tests Against Hardware" (TACAS 2011) and, for RC11, of Lahav, Vafeiadis,
// Kang, Hur, Dreyer, "Repairing Sequential Consistency in C/C++11" (PLDI 2017).
//
// How many executions: two reads of a location with one write have 2 x 2 sources, or two pairs of
// unordered writes 2 x 2 orders. One of the four is the weak one; it is there or it is not.
#include "tests/explore/exploration_of.hpp"

#include <doctest/doctest.h>

namespace {

using namespace stockcheck::explore;
using namespace stockcheck::explore::tests;
using enum memory_order;

constexpr counts forbidden_everywhere{0, 0, 0};
constexpr counts allowed_by_rc11{0, 0, 1};
constexpr counts allowed_but_by_sc{0, 1, 1};
/// All four executions where the weak one is allowed, three elsewhere.
constexpr counts four(const counts& weak) { return {3 + weak[0], 3 + weak[1], 3 + weak[2]}; }

/// What a task does between its two accesses.
using between = std::function<void(shared&)>;
between nothing() {
  return [](shared&) {};
}
between fence_of(memory_order order) {
  return [order](shared&) { barrier(order); };
}

litmus store_buffering(memory_order stores, memory_order loads, const between& gap = nothing()) {
  return {.tasks = {[=](shared& s) {
                      s.x.store(1, stores);
                      gap(s);
                      s.r[0] = s.y.load(loads);
                    },
                    [=](shared& s) {
                      s.y.store(1, stores);
                      gap(s);
                      s.r[1] = s.x.load(loads);
                    }}};
}

TEST_CASE("SB: two tasks store and then miss each other's store") {
  const auto check = [](const litmus& test, const counts& weak, here at = here::current()) {
    expect(test, {0, 0}, four(weak), weak, at);
  };
  check(store_buffering(relaxed, relaxed), allowed_but_by_sc);
  check(store_buffering(release, acquire), allowed_but_by_sc);
  check(store_buffering(seq_cst, seq_cst), forbidden_everywhere);
  // A seq_cst store is an exchange on x86 (Batty et al., POPL 2011, table 1). RC11 orders nothing
  // by it when the load behind it is not seq_cst: psc begins and ends at seq_cst events.
  check(store_buffering(seq_cst, relaxed), allowed_by_rc11);
  check(store_buffering(relaxed, seq_cst), allowed_but_by_sc);
  check(store_buffering(relaxed, relaxed, fence_of(seq_cst)), forbidden_everywhere);
  check(store_buffering(relaxed, relaxed, fence_of(full)), forbidden_everywhere);
  check(store_buffering(relaxed, relaxed, fence_of(acq_rel)), allowed_but_by_sc);
}

TEST_CASE("SB with one fence only is as without") {
  const litmus test{.tasks = {[](shared& s) {
                                s.x.store(1, relaxed);
                                barrier(seq_cst);
                                s.r[0] = s.y.load(relaxed);
                              },
                              [](shared& s) {
                                s.y.store(1, relaxed);
                                s.r[1] = s.x.load(relaxed);
                              }}};
  expect(test, {0, 0}, four(allowed_but_by_sc), allowed_but_by_sc);
}

litmus message_passing(memory_order stores, memory_order loads, const between& writer = nothing(),
                       const between& reader = nothing()) {
  return {.tasks = {[=](shared& s) {
                      s.x.store(1, relaxed);
                      writer(s);
                      s.y.store(1, stores);
                    },
                    [=](shared& s) {
                      s.r[0] = s.y.load(loads);
                      reader(s);
                      s.r[1] = s.x.load(relaxed);
                    }}};
}

TEST_CASE("MP: a flag is seen and the message is not") {
  const auto check = [](const litmus& test, const counts& weak, here at = here::current()) {
    expect(test, {1, 0}, four(weak), weak, at);
  };
  check(message_passing(relaxed, relaxed), allowed_by_rc11);
  check(message_passing(release, relaxed), allowed_by_rc11);
  check(message_passing(relaxed, acquire), allowed_by_rc11);
  check(message_passing(release, acquire), forbidden_everywhere);
  check(message_passing(seq_cst, seq_cst), forbidden_everywhere);
}

TEST_CASE("MP: a fence on either side stands for the order of its access") {
  const auto check = [](const litmus& test, const counts& weak, here at = here::current()) {
    expect(test, {1, 0}, four(weak), weak, at);
  };
  // C++20 [atomics.fences]: fence to fence, fence to operation, operation to fence.
  check(message_passing(relaxed, acquire, fence_of(release)), forbidden_everywhere);
  check(message_passing(release, relaxed, nothing(), fence_of(acquire)), forbidden_everywhere);
  check(message_passing(relaxed, relaxed, fence_of(release), fence_of(acquire)),
        forbidden_everywhere);
  check(message_passing(relaxed, relaxed, fence_of(acq_rel), fence_of(acq_rel)),
        forbidden_everywhere);
  check(message_passing(relaxed, relaxed, fence_of(seq_cst), fence_of(seq_cst)),
        forbidden_everywhere);
  check(message_passing(relaxed, relaxed, fence_of(full), fence_of(full)), forbidden_everywhere);
  check(message_passing(relaxed, relaxed, fence_of(acquire), fence_of(release)), allowed_by_rc11);
  check(message_passing(relaxed, relaxed, fence_of(release)), allowed_by_rc11);
}

TEST_CASE("LB: no model here lets two loads read what is stored behind them") {
  // RC11 forbids cycles of program order and reads-from (PLDI 2017, section 2.3, "out of thin
  // air").
  for (const auto order : {relaxed, seq_cst}) {
    const litmus test{.tasks = {[=](shared& s) {
                                  s.r[0] = s.x.load(order);
                                  s.y.store(1, order);
                                },
                                [=](shared& s) {
                                  s.r[1] = s.y.load(order);
                                  s.x.store(1, order);
                                }}};
    expect(test, {1, 1}, four(forbidden_everywhere), forbidden_everywhere);
  }
}

/// Registers 0 and 1 have what x and y are in the end.
litmus two_plus_two_writes(std::array<memory_order, 4> orders, const between& gap = nothing()) {
  return {.tasks = {[=](shared& s) {
                      s.x.store(1, orders[0]);
                      gap(s);
                      s.y.store(2, orders[1]);
                    },
                    [=](shared& s) {
                      s.y.store(1, orders[2]);
                      gap(s);
                      s.x.store(2, orders[3]);
                    }},
          .settle = [](shared& s) {
            s.r[0] = s.x.load(relaxed);
            s.r[1] = s.y.load(relaxed);
          }};
}

TEST_CASE("2+2W: both tasks' first stores come last") {
  const auto check = [](const litmus& test, const counts& weak, here at = here::current()) {
    expect(test, {1, 1}, four(weak), weak, at);
  };
  check(two_plus_two_writes({relaxed, relaxed, relaxed, relaxed}), allowed_by_rc11);
  // PLDI 2017, section 2: release stores order no stores.
  check(two_plus_two_writes({release, release, release, release}), allowed_by_rc11);
  check(two_plus_two_writes({seq_cst, seq_cst, seq_cst, seq_cst}), forbidden_everywhere);
  check(two_plus_two_writes({seq_cst, relaxed, seq_cst, relaxed}), allowed_by_rc11);
  check(two_plus_two_writes({seq_cst, seq_cst, relaxed, relaxed}), allowed_by_rc11);
  check(two_plus_two_writes({relaxed, relaxed, relaxed, relaxed}, fence_of(seq_cst)),
        forbidden_everywhere);
}

/// Register 1 has what y is in the end.
litmus r_of(std::array<memory_order, 4> orders, const between& gap = nothing()) {
  return {.tasks = {[=](shared& s) {
                      s.x.store(1, orders[0]);
                      gap(s);
                      s.y.store(1, orders[1]);
                    },
                    [=](shared& s) {
                      s.y.store(2, orders[2]);
                      gap(s);
                      s.r[0] = s.x.load(orders[3]);
                    }},
          .settle = [](shared& s) { s.r[1] = s.y.load(relaxed); }};
}

TEST_CASE("R: the later of two stores to y comes with an early read of x") {
  const auto check = [](const litmus& test, const counts& weak, here at = here::current()) {
    expect(test, {0, 2}, four(weak), weak, at);
  };
  check(r_of({relaxed, relaxed, relaxed, relaxed}), allowed_but_by_sc);
  check(r_of({release, release, release, acquire}), allowed_but_by_sc);
  check(r_of({seq_cst, seq_cst, seq_cst, seq_cst}), forbidden_everywhere);
  // The first store is no seq_cst event, and nothing that happens before one by another's way.
  check(r_of({release, seq_cst, seq_cst, seq_cst}), allowed_by_rc11);
  check(r_of({relaxed, relaxed, relaxed, relaxed}, fence_of(seq_cst)), forbidden_everywhere);
}

TEST_CASE("S: a store behind the load of a flag comes before the store in front of the flag") {
  const auto s_of = [](memory_order flag_store, memory_order flag_load) {
    return litmus{.tasks = {[=](shared& s) {
                              s.x.store(2, relaxed);
                              s.y.store(1, flag_store);
                            },
                            [=](shared& s) {
                              s.r[0] = s.y.load(flag_load);
                              s.x.store(1, relaxed);
                            }},
                  .settle = [](shared& s) { s.r[1] = s.x.load(relaxed); }};
  };
  expect(s_of(relaxed, relaxed), {1, 2}, four(allowed_by_rc11), allowed_by_rc11);
  expect(s_of(relaxed, acquire), {1, 2}, four(allowed_by_rc11), allowed_by_rc11);
  expect(s_of(release, acquire), {1, 2}, four(forbidden_everywhere), forbidden_everywhere);
}

}  // namespace
