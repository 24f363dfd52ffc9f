// SPDX-License-Identifier: GPL-2.0-only
// Litmus tests of release sequences: C++20 [intro.races] 5, after P0982R1: the store and the
// updates that follow it, and no other store, not even one of the same thread.
//
// How many executions: writes to the flag in program order or not, the reader's sources of the
// flag, and twice that where it may miss the message.
#include "tests/explore/exploration_of.hpp"

#include <doctest/doctest.h>

namespace {

using namespace stockcheck::explore;
using namespace stockcheck::explore::tests;
using enum memory_order;

/// x is the message, y the flag.
task_code publish(memory_order order) {
  return [order](shared& s) {
    s.x.store(1, relaxed);
    s.y.store(1, order);
  };
}
task_code read_message(memory_order order, memory_order fence_order = relaxed) {
  return [=](shared& s) {
    s.r[0] = s.y.load(order);
    if (fence_order != relaxed) barrier(fence_order);
    s.r[1] = s.x.load(relaxed);
  };
}
task_code increment_flag(memory_order order) {
  return [order](shared& s) { s.y.fetch_add(1, order); };
}
void put_final_flag(shared& s) { s.r[2] = s.y.load(relaxed); }

TEST_CASE("a release sequence goes on through an update of another task, of any order") {
  // The store before the update: flags 0, 1, 2, with message 2 + 1 + 1 ways; the update first:
  // flags 0, 1 (of the update, which published nothing) and 1, with 2 + 2 + 1 ways: 9.
  const litmus test{.tasks = {publish(release), increment_flag(relaxed), read_message(acquire)},
                    .settle = put_final_flag};
  expect(test, {2, 0, 2}, {9, 9, 9}, {0, 0, 0});
}

TEST_CASE("a release sequence goes on through a chain of updates") {
  const litmus test{.tasks = {publish(release), increment_flag(relaxed), increment_flag(relaxed),
                              read_message(acquire)},
                    .settle = put_final_flag};
  // 3! orders. The reader has four sources each; behind the release the message is certain. The
  // release first, second or third: 2 + 3, 2 x 2 + 2, 3 x 2 + 1 ways, each twice: 36.
  expect(test, {3, 0, 3}, {36, 36, 36}, {0, 0, 0});
}

TEST_CASE("an update carries on what a fence released, to a fence that acquires") {
  const litmus test{.tasks = {[](shared& s) {
                                s.x.store(1, relaxed);
                                barrier(release);
                                s.y.store(1, relaxed);
                              },
                              increment_flag(relaxed), read_message(relaxed, acquire)},
                    .settle = put_final_flag};
  expect(test, {2, 0, 2}, {9, 9, 9}, {0, 0, 0});
}

TEST_CASE("an update that releases does not release what another's relaxed store was behind") {
  const litmus test{.tasks = {publish(relaxed), increment_flag(release), read_message(acquire)},
                    .settle = put_final_flag};
  // Nothing tells the reader of the message: 2 orders x 3 sources x 2 under RC11.
  expect(test, {2, 0, 2}, {9, 9, 12}, {0, 0, 1});
}

TEST_CASE("a plain store of another task ends a release sequence") {
  const litmus test{
      .tasks = {publish(release), [](shared& s) { s.y.store(2, relaxed); }, read_message(acquire)},
      .settle = put_final_flag};
  // The flag's second store last: SC and TSO have the message with it, RC11 may miss it. (With the
  // other order everybody may miss it.)
  expect(test, {2, 0, 2}, {9, 9, 10}, {0, 0, 1});
}

TEST_CASE("a later relaxed store of the releasing task ends the release sequence since C++20") {
  const litmus test{.tasks = {[](shared& s) {
                                s.x.store(1, relaxed);
                                s.y.store(1, release);
                                s.y.store(2, relaxed);
                              },
                              read_message(acquire)}};
  expect(test, {2, 0}, {4, 4, 5}, {0, 0, 1});
}

TEST_CASE("a fence releases all later stores of its task") {
  const litmus test{.tasks = {[](shared& s) {
                                s.x.store(1, relaxed);
                                barrier(release);
                                s.y.store(1, relaxed);
                                s.y.store(2, relaxed);
                              },
                              read_message(acquire)}};
  expect(test, {2, 0}, {4, 4, 4}, {0, 0, 0});
}

/// Reads the flag by a compare-exchange from `expected`.
task_code read_message_by(value expected, memory_order success, memory_order failure) {
  return [=](shared& s) {
    s.r[0] = expected;
    s.y.compare_exchange(s.r[0], 2, success, failure);
    s.r[1] = s.x.load(relaxed);
  };
}

TEST_CASE("a failed compare-exchange is a load of its failure order") {
  const auto test = [](value expected, memory_order success, memory_order failure) {
    return litmus{.tasks = {publish(release), read_message_by(expected, success, failure)}};
  };
  expect(test(5, acquire, relaxed), {1, 0}, {3, 3, 4}, {0, 0, 1});
  expect(test(5, seq_cst, relaxed), {1, 0}, {3, 3, 4}, {0, 0, 1});
  expect(test(5, full, relaxed), {1, 0}, {3, 3, 4}, {0, 0, 1});
  expect(test(5, acquire, acquire), {1, 0}, {3, 3, 3}, {0, 0, 0});
  expect(test(1, acquire, relaxed), {1, 0}, {3, 3, 3}, {0, 0, 0});
}

}  // namespace
