// SPDX-License-Identifier: GPL-2.0-only
// Litmus tests of seq_cst and of fully ordered updates: what C++ promises of the one, and the Linux
// kernel's memory model (Documentation/atomic_t.txt, "ORDERING") of the other.
#include "tests/explore/exploration_of.hpp"

#include <doctest/doctest.h>

namespace {

using namespace stockcheck::explore;
using namespace stockcheck::explore::tests;
using enum memory_order;

using action = std::function<void(shared&)>;

/// Store buffering where the stores are updates: can both loads miss the other's update?
litmus updates_then_loads(memory_order first, memory_order second) {
  return {.tasks = {[=](shared& s) {
                      s.x.fetch_add(1, first);
                      s.r[0] = s.y.load(relaxed);
                    },
                    [=](shared& s) {
                      s.y.fetch_add(1, second);
                      s.r[1] = s.x.load(relaxed);
                    }}};
}

TEST_CASE("SB with updates: full ones order a later load, seq_cst ones do not under RC11") {
  // One of four graphs has both loads miss. x86's locked instructions are barriers.
  expect(updates_then_loads(full, full), {0, 0}, {3, 3, 3}, {0, 0, 0});
  expect(updates_then_loads(seq_cst, seq_cst), {0, 0}, {3, 3, 4}, {0, 0, 1});
  expect(updates_then_loads(full, seq_cst), {0, 0}, {3, 3, 4}, {0, 0, 1});
  expect(updates_then_loads(full, relaxed), {0, 0}, {3, 3, 4}, {0, 0, 1});
}

TEST_CASE("SB: a fence on one side and a full update on the other suffice") {
  const litmus test{.tasks = {[](shared& s) {
                                s.x.store(1, relaxed);
                                barrier(seq_cst);
                                s.r[0] = s.y.load(relaxed);
                              },
                              [](shared& s) {
                                s.y.fetch_add(1, full);
                                s.r[1] = s.x.load(relaxed);
                              }}};
  expect(test, {0, 0}, {3, 3, 3}, {0, 0, 0});
}

/// Store buffering with something on either side between the store and the load.
litmus store_buffering_around(const action& between) {
  return {.tasks = {[=](shared& s) {
                      s.x.store(1, relaxed);
                      between(s);
                      s.r[0] = s.y.load(relaxed);
                    },
                    [=](shared& s) {
                      s.y.store(1, relaxed);
                      between(s);
                      s.r[1] = s.x.load(relaxed);
                    }}};
}

TEST_CASE("SB around updates of a third location: the later one has seen the earlier one") {
  // Two orders of the updates: the later task reads 1, the earlier one 0 or 1. With seq_cst this
  // is by acquire and release already.
  for (const auto order : {full, seq_cst, acq_rel})
    expect(store_buffering_around([order](shared& s) { s.z.fetch_add(1, order); }), {0, 0},
           {4, 4, 4}, {0, 0, 0});
  // Relaxed updates: 2 x 4 graphs under RC11, where either may miss the other.
  expect(store_buffering_around([](shared& s) { s.z.fetch_add(1, relaxed); }), {0, 0}, {4, 4, 8},
         {0, 0, 2});
}

TEST_CASE("SB around a full compare-exchange that fails: it has no order, and is a load on x86") {
  const auto around = [](memory_order failure) {
    return store_buffering_around([=](shared& s) { s.z.replace(5, 6, full, failure); });
  };
  expect(around(relaxed), {0, 0}, {3, 4, 4}, {0, 1, 1});
  expect(around(acquire), {0, 0}, {3, 4, 4}, {0, 1, 1});
}

TEST_CASE("MP: a full compare-exchange that fails is no barrier between its task's loads") {
  const auto mp = [](value expected) {
    return litmus{.tasks = {[](shared& s) {
                              s.x.store(1, relaxed);
                              s.y.store(1, release);
                            },
                            [=](shared& s) {
                              s.r[0] = s.y.load(relaxed);
                              s.r[1] = expected;
                              s.x.compare_exchange(s.r[1], 7, full);
                            }}};
  };
  expect(mp(5), {1, 0}, {3, 3, 4}, {0, 0, 1});
  // It succeeds where it reads 0, and then it is a barrier.
  expect(mp(0), {1, 0}, {3, 3, 3}, {0, 0, 0});
}

TEST_CASE("SB by full compare-exchanges that succeed") {
  const litmus test{.tasks = {[](shared& s) {
                                s.x.replace(0, 1, full);
                                s.r[0] = s.y.load(relaxed);
                              },
                              [](shared& s) {
                                s.y.replace(0, 1, full);
                                s.r[1] = s.x.load(relaxed);
                              }}};
  expect(test, {0, 0}, {3, 3, 3}, {0, 0, 0});
}

TEST_CASE("MP by a full update of the flag needs no more on the writer's side") {
  const auto mp = [](const action& read_flag) {
    return litmus{.tasks = {[](shared& s) {
                              s.x.store(1, relaxed);
                              s.y.exchange(1, full);
                            },
                            [=](shared& s) {
                              read_flag(s);
                              s.r[1] = s.x.load(relaxed);
                            }}};
  };
  expect(mp([](shared& s) {
           s.r[0] = s.y.load(relaxed);
           barrier(acquire);
         }),
         {1, 0}, {3, 3, 3}, {0, 0, 0});
  expect(mp([](shared& s) { s.r[0] = s.y.load(relaxed); }), {1, 0}, {3, 3, 4}, {0, 0, 1});
  expect(mp([](shared& s) { s.r[0] = s.y.fetch_add(0, full); }), {1, 0}, {3, 3, 3}, {0, 0, 0});
}

TEST_CASE("a full update's second barrier is not before whoever reads its write") {
  // RWC with a fence on one side only. Were the reader behind the second barrier, there would be a
  // barrier on either side, and the models would agree.
  const litmus test{.tasks = {[](shared& s) { s.x.exchange(1, full); },
                              [](shared& s) {
                                s.r[0] = s.x.load(acquire);
                                s.r[1] = s.z.load(relaxed);
                              },
                              [](shared& s) {
                                s.z.store(1, relaxed);
                                barrier(seq_cst);
                                s.r[2] = s.x.load(relaxed);
                              }}};
  expect(test, {1, 0, 0}, {7, 7, 8}, {0, 0, 1});
}

TEST_CASE("2+2W by full updates and relaxed stores") {
  const litmus test{.tasks = {[](shared& s) {
                                s.x.fetch_add(1, full);
                                s.y.store(2, relaxed);
                              },
                              [](shared& s) {
                                s.y.fetch_add(1, full);
                                s.x.store(2, relaxed);
                              }},
                    .settle = [](shared& s) {
                      s.r[0] = s.x.load(relaxed);
                      s.r[1] = s.y.load(relaxed);
                    }};
  // Both updates last: x is 2 + 1 and y is 2 + 1.
  expect(test, {3, 3}, {3, 3, 3}, {0, 0, 0});
}

TEST_CASE("Z6.U: a seq_cst update in the middle does not make the ends seq_cst") {
  // PLDI 2017, section 1: C++11 forbade it, compiled code for POWER shows it, RC11 allows it.
  const litmus test{.tasks = {[](shared& s) {
                                s.x.store(1, seq_cst);
                                s.y.store(1, release);
                              },
                              [](shared& s) {
                                s.r[0] = s.y.fetch_add(1, seq_cst);
                                s.r[1] = s.y.load(relaxed);
                              },
                              [](shared& s) {
                                s.y.store(3, seq_cst);
                                s.r[2] = s.x.load(seq_cst);
                              }}};
  // Orders of three writes to y: 6, in 3 of which the update reads 0 (first), else its predecessor;
  // the load behind it has as many sources as there are writes from the update on: 2 x (3 + 2 + 1)
  // = 12; times two sources of x is 24. SC forbids a read of 0 from x when y = 1 came before
  // y = 3: half of the orders, 6 of them.
  expect(test, {1, 3, 0}, {18, 18, 24}, {0, 0, 1});
}

TEST_CASE("seq_cst updates and loads throughout are sequentially consistent") {
  const litmus test{.tasks = {[](shared& s) {
                                s.x.fetch_add(1, seq_cst);
                                s.r[0] = s.y.load(seq_cst);
                              },
                              [](shared& s) {
                                s.y.fetch_add(1, seq_cst);
                                s.r[1] = s.x.load(seq_cst);
                              }}};
  expect(test, {0, 0}, {3, 3, 3}, {0, 0, 0});
}

}  // namespace
