// SPDX-License-Identifier: GPL-2.0-only
// What an observer that goes on sees behind what was found.
#include "tests/explore/exploration_of.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

namespace {

using namespace stockcheck::explore;
using namespace stockcheck::explore::tests;
using enum memory_order;

/// Goes on behind everything but one note.
class patient final : public observer {
 public:
  void completed(engine_program&, const execution_graph&) override { ++settled; }
  bool found(const engine_finding& what, const execution_graph&, const shower& show) override {
    kinds.push_back(what.kind);
    lengths.push_back(show().order.size());
    return true;
  }
  bool noted(std::size_t number, const shower& show) override {
    if (notes[number]++ == 0) lengths.push_back(show().order.size());
    return number != ends_with;
  }

  std::size_t ends_with = 99;
  unsigned settled = 0;
  std::vector<finding_kind> kinds;
  std::map<std::size_t, unsigned> notes;
  std::vector<std::size_t> lengths;  ///< of what was shown
};

/// Two tasks that add to a cell; the one that comes last notes it, and does something else then.
struct noting final : engine_program {
  cell counter;
  cell other;

  void task(std::size_t) override {
    if (counter.fetch_add(1, relaxed) == 1) {
      note(7);
      other.store(1, relaxed);
    }
  }
  void settle() override {
    if (other.load(relaxed) == 1) note(8);
  }
};

TEST_CASE("what is noted is told of each execution, which goes on") {
  patient watch;
  const code_under_test code{2, [] { return std::make_unique<noting>(); }};
  const exploration done = explore(code, {}, watch);
  CHECK(done.is_proof({}));
  CHECK_FALSE(done.finding);
  CHECK(watch.settled == 2);
  CHECK(watch.notes == std::map<std::size_t, unsigned>{{7, 2}, {8, 2}});
  // The counterexample ends where the note was made.
  CHECK(watch.lengths == std::vector<std::size_t>{2, 3});
}

TEST_CASE("a note may end the exploration") {
  patient watch;
  watch.ends_with = 7;
  const code_under_test code{2, [] { return std::make_unique<noting>(); }};
  const exploration done = explore(code, {}, watch);
  CHECK(done.ended == exploration::end::found);
  REQUIRE(done.finding);
  CHECK(done.finding->kind == finding_kind::assertion);
  REQUIRE(done.counterexample);
  CHECK(done.counterexample->order.size() == 2);
  CHECK(watch.settled == 1);
}

/// Task 0 frees the object unless task 1 was there before, which uses it and says so.
struct freeing final : engine_program {
  cell flag;
  cell* object = new (allocate(sizeof(cell), alignof(cell), here::current())) cell(5);

  void task(std::size_t number) override {
    if (number == 0) {
      if (flag.load(acquire) == 0) stockcheck::explore::release(object, here::current());
      return;
    }
    object->store(6, relaxed);
    flag.store(1, release);
  }
  void settle() override {
    ++*runs_without_free;
    stockcheck::explore::release(object, here::current());
  }
  unsigned* runs_without_free = nullptr;
};

TEST_CASE("executions are explored that only lie behind a misuse of memory") {
  for (const bool behind : {false, true}) {
    CAPTURE(behind);
    patient watch;
    unsigned runs_without_free = 0;
    const code_under_test code{2, [&] {
                                 auto made = std::make_unique<freeing>();
                                 made->runs_without_free = &runs_without_free;
                                 return made;
                               }};
    const exploration done = explore(code, {.behind_misuse = behind}, watch);
    CHECK(watch.kinds == std::vector{finding_kind::use_after_free});
    CHECK(runs_without_free == (behind ? 1 : 0));
    // Without it the search is over, but is none that says something about the rest.
    CHECK(done.is_proof({}) == behind);
    CHECK(done.ended == exploration::end::exhausted);
  }
}

/// Both tasks free the object, and then race.
struct freeing_twice final : engine_program {
  cell value;
  cell* object = new (allocate(sizeof(cell), alignof(cell), here::current())) cell(5);
  void task(std::size_t) override {
    stockcheck::explore::release(object, here::current());
    value.store(1, plain);
  }
};

TEST_CASE("all misuses of memory of an execution are told") {
  patient watch;
  const code_under_test code{2, [] { return std::make_unique<freeing_twice>(); }};
  explore(code, {.behind_misuse = true}, watch);
  const std::set<finding_kind> kinds(watch.kinds.begin(), watch.kinds.end());
  CHECK(kinds == std::set{finding_kind::double_free, finding_kind::data_race});
  CHECK(watch.settled == 0);
}

/// Task 0 takes a pointer away, without any order, that task 1 follows.
struct taking_away final : engine_program {
  cell pointer;
  cell after;
  void task(std::size_t number) override {
    if (number == 0) {
      pointer.store(1, plain);
      return;
    }
    int valid = 0;
    volatile int* volatile followed = pointer.load(plain) == 0 ? &valid : nullptr;
    *followed = 1;
    after.store(1, relaxed);
  }
};

TEST_CASE("a crash that follows from a misuse of memory ends the task, and not the search") {
  patient watch;
  const code_under_test code{2, [] { return std::make_unique<taking_away>(); }};
  const exploration done = explore(code, {.behind_misuse = true}, watch);
  CHECK(watch.kinds == std::vector(2, finding_kind::data_race));
  CHECK(done.is_proof({}));
}

/// Task 0 takes the pointer away in order: it releases what task 1 acquires.
struct taking_away_in_order final : engine_program {
  cell pointer;
  void task(std::size_t number) override {
    if (number == 0) {
      pointer.store(1, release);
      return;
    }
    int valid = 0;
    volatile int* volatile followed = pointer.load(acquire) == 0 ? &valid : nullptr;
    *followed = 1;
  }
};

TEST_CASE("a crash behind which there is no misuse is told") {
  patient watch;
  const code_under_test code{2, [] { return std::make_unique<taking_away_in_order>(); }};
  explore(code, {.behind_misuse = true}, watch);
  CHECK(watch.kinds == std::vector{finding_kind::crash});
  CHECK(watch.settled == 1);
}

/// Task 1 awaits what it reads through a pointer that task 0 takes away, without any order.
struct awaiting_behind_a_pointer final : engine_program {
  cell pointer;
  cell awaited;
  void task(std::size_t number) override {
    if (number == 0) {
      pointer.store(1, plain);
      awaited.store(1, release);
      return;
    }
    const auto holds = [this] {
      int valid = 0;
      const volatile int* volatile followed = pointer.load(plain) == 0 ? &valid : nullptr;
      return *followed == 0 && awaited.load(acquire) == 1;
    };
    await(predicate(holds), here::current());
  }
};

TEST_CASE("a crash in what is awaited ends its execution as what it is") {
  patient watch;
  const code_under_test code{2, [] { return std::make_unique<awaiting_behind_a_pointer>(); }};
  explore(code, {.behind_misuse = true}, watch);
  CHECK(std::ranges::count(watch.kinds, finding_kind::crash) > 0);
}

}  // namespace
