// SPDX-License-Identifier: GPL-2.0-only
// What nests on a task is tried where it concerns somebody, and an exploration that learns more
// about that is made again.
#include "explore/contention.hpp"

#include "explore/exploration.hpp"
#include "tests/explore/cells.hpp"

#include <doctest/doctest.h>

using namespace stockcheck::explore;
using namespace stockcheck::explore::tests;

namespace {

TEST_CASE("a location is contended when two contexts access it") {
  contention known;
  known.record(0, 0, 0);
  known.record(0, 0, 0);
  known.record(1, 0, 0);
  known.record(1, 1, 0);
  known.record(2, 3, 0);
  known.record(2, 3, 1);
  CHECK_FALSE(known.has(1));  // nothing was known when the exploration began
  CHECK(known.learn());
  CHECK_FALSE(known.has(0));
  CHECK(known.has(1));
  CHECK(known.has(2));
  CHECK_FALSE(known.has(3));
  CHECK_FALSE(known.learn());  // nothing new
}

TEST_CASE("who never asks has nothing to learn") {
  contention known;
  known.record(0, 0, 0);
  known.record(0, 1, 0);
  CHECK_FALSE(known.learn());
}

TEST_CASE("everything can be taken for contended") {
  contention known;
  known.assume_all();
  CHECK(known.has(7));
  known.record(0, 0, 0);
  known.record(0, 1, 0);
  CHECK_FALSE(known.learn());
}

TEST_CASE("what was left alone and concerns others is wrong until it is learnt") {
  contention known;
  CHECK_FALSE(known.concerns_others(2, 0, 0));
  CHECK_FALSE(known.is_wrong());
  known.record(2, 1, 0);
  CHECK(known.is_wrong());
  CHECK(known.learn());
  CHECK_FALSE(known.is_wrong());
  CHECK(known.concerns_others(2, 0, 0));
}

/// A task that may be interrupted once, before an access that concerns somebody or at its end.
struct interrupted final : engine_program {
  cell mine;
  cell shared;
  bool came = false;

  void task(std::size_t number) override {
    if (number == 1) {
      shared.fetch_add(1, memory_order::relaxed);
      return;
    }
    point(mine.id());
    mine.fetch_add(1, memory_order::relaxed);
    point(shared.id());
    shared.fetch_add(1, memory_order::relaxed);
    if (!came && choose(2, here::current()) == 1) interrupt();
  }
  void point(location_id before) {
    if (!came && is_contended(before) && choose(2, here::current()) == 1) interrupt();
  }
  void interrupt() {
    came = true;
    nest(1);
    shared.fetch_add(1, memory_order::relaxed);
    nest(0);
  }
};

class restart_counter final : public observer {
 public:
  void completed(engine_program&, const execution_graph&) override { ++executions; }
  void restarted() override {
    ++restarts;
    executions = 0;
  }
  std::uint64_t executions = 0;
  unsigned restarts = 0;
};

TEST_CASE("an exploration is made again until it learns nothing new") {
  restart_counter watch;
  const code_under_test code{2, [] { return std::make_unique<interrupted>(); }};
  const exploration done = explore(code, {}, watch);
  CHECK(watch.restarts == 1);
  CHECK(done.complete == watch.executions);
  CHECK(done.is_proof({}));
  // Task 1 comes before, between or behind: 2 orders if the handler never came, 3 if it came before
  // the shared access, 3 at the end. Before `mine` it is not tried.
  CHECK(done.complete == 8);
}

}  // namespace
