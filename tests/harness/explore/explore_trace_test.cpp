// SPDX-License-Identifier: GPL-2.0-only
// Counterexamples of the explore checker, word for word.
#include "tests/harness/explore/explored_program.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace stockcheck;
using tests::check;
using tests::policy;
using tests::step_list;
using tests::steps_of;

namespace {

/// A program fails in the end, so that all its steps are shown.
void give_up() { policy::expect(false, oracle::scenario, "shown"); }

struct every_operation {
  static constexpr checks::scenario_info info{
      .name = "a/every_operation", .summary = "", .task_list = {{{"all"}}}};
  policy::atomic<int> cell{-2};
  policy::atomic<unsigned char> unnamed{1};
  policy::plain<long> plain{0};
  policy::mutex lock;

  every_operation() {
    policy::label(cell, "root", "usage");
    policy::label(plain, "root", "failcnt");
    policy::label(lock, "cpu", "run queue");
  }
  void task(unsigned) {
    cell.load(order::relaxed);
    cell.load(order::acquire);
    cell.store(4, order::release);
    cell.fetch_add(1, order::full);
    cell.fetch_sub(3, order::acq_rel);
    cell.fetch_and(6, order::relaxed);
    cell.fetch_or(1, order::seq_cst);
    cell.exchange(-1, order::full);
    int expected = 2;
    cell.compare_exchange_strong(expected, 0, order::full, order::relaxed);
    cell.compare_exchange_strong(expected, 0, order::full, order::relaxed);
    unnamed.fetch_sub(2, order::relaxed);
    plain.store(plain.load() + 1);
    plain.racy().store(7);
    policy::fence(order::full);
    policy::fence(order::acquire);
    lock.lock();
    lock.try_lock();
    lock.unlock();
    if (lock.try_lock()) lock.unlock();
    policy::choose(2);
    policy::destroy(policy::make<policy::atomic<int>>(1));
    give_up();
  }
};

struct message {
  static constexpr checks::scenario_info info = tests::two_tasks("a/message");
  policy::atomic<int> data;
  policy::atomic<int> flag;
  message() {
    policy::label(data, "a", "data");
    policy::label(flag, "a", "flag");
  }
  void task(unsigned number) {
    if (number == 0) {
      data.store(1, order::relaxed);
      flag.store(1, order::relaxed);
    } else if (flag.load(order::acquire) == 1) {
      const int seen = data.load(order::relaxed);
      policy::expect(seen == 1, oracle::scenario, "stale data", {{"data", seen}});
    }
  }
};

/// Each task stores to both, in opposite orders; both first stores may come last.
struct crossed_stores {
  static constexpr checks::scenario_info info = tests::two_tasks("a/crossed_stores");
  policy::atomic<int> x;
  policy::atomic<int> y;
  crossed_stores() {
    policy::label(x, "a", "x");
    policy::label(y, "a", "y");
  }
  void task(unsigned number) {
    (number == 0 ? x : y).store(1, order::relaxed);
    (number == 0 ? y : x).store(2, order::relaxed);
  }
  void settle() {
    policy::expect(x.load(order::relaxed) == 2 || y.load(order::relaxed) == 2, oracle::scenario,
                   "both first stores came last");
  }
};

struct race {
  static constexpr checks::scenario_info info = tests::two_tasks("a/race");
  policy::plain<int> shared{0};
  race() { policy::label(shared, "a", "shared"); }
  void task(unsigned number) {
    if (number == 0)
      shared.store(1);
    else
      shared.load();
  }
};

struct freed {
  static constexpr checks::scenario_info info = tests::two_tasks("a/freed");
  policy::atomic<int>* object = policy::make<policy::atomic<int>>(0);
  freed() { policy::label(*object, "a", "object"); }
  void task(unsigned number) {
    if (number == 0)
      object->store(1, order::relaxed);
    else
      policy::destroy(object);
  }
};

struct embrace {
  static constexpr checks::scenario_info info = tests::two_tasks("a/embrace");
  policy::mutex a;
  policy::mutex b;
  embrace() {
    policy::label(a, "lock", "a");
    policy::label(b, "lock", "b");
  }
  void task(unsigned number) {
    (number == 0 ? a : b).lock();
    (number == 0 ? b : a).lock();
    (number == 0 ? b : a).unlock();
    (number == 0 ? a : b).unlock();
  }
};

struct lost_wake_up {
  static constexpr checks::scenario_info info = tests::two_tasks("a/lost_wake_up");
  policy::atomic<int> flag;
  lost_wake_up() { policy::label(flag, "a", "flag"); }
  void task(unsigned number) {
    if (number == 0) {
      flag.store(1, order::relaxed);
      flag.store(0, order::relaxed);
    } else {
      policy::await([this] { return flag.load(order::relaxed) == 1; });
    }
  }
};

}  // namespace

TEST_CASE("every operation reads as what it does, with the values, the names and the order") {
  CHECK(steps_of(check<every_operation>()) ==
        step_list{"0: read root.usage = -2",
                  "0: read root.usage = -2 (acquire)",
                  "0: root.usage = 4 (release)",
                  "0: root.usage += 1: 4 -> 5 (fully ordered)",
                  "0: root.usage -= 3: 5 -> 2 (acq_rel)",
                  "0: root.usage &= 6: 2 -> 2",
                  "0: root.usage |= 1: 2 -> 3 (seq_cst)",
                  "0: xchg root.usage: 3 -> -1 (fully ordered)",
                  "0: cmpxchg root.usage fails: -1, not 2",
                  "0: cmpxchg root.usage: -1 -> 0 (fully ordered)",
                  "0: location 1 -= 2: 1 -> -1",
                  "0: read root.failcnt = 0 (unmarked)",
                  "0: root.failcnt = 1 (unmarked)",
                  "0: root.failcnt = 7",
                  "0: full barrier",
                  "0: barrier (acquire)",
                  "0: lock cpu.run queue",
                  "0: trylock cpu.run queue fails",
                  "0: unlock cpu.run queue",
                  "0: trylock cpu.run queue",
                  "0: unlock cpu.run queue",
                  "0: choose 0 of 2",
                  "0: allocate memory",
                  "0: free memory"});
}

TEST_CASE("a read is stale if a write that is shown before it had replaced what it reads") {
  const report::result result = check<message>();
  CHECK(steps_of(result) == step_list{"0: a.data = 1", "0: a.flag = 1",
                                      "1: read a.flag = 1 (acquire)", "1: read a.data = 0 STALE"});
  REQUIRE(result.finding);
  CHECK(result.finding->what == "stale data");
  CHECK(result.finding->numbers == std::vector{report::number{"data", 0}});
  CHECK(result.finding->steps[3].at.file == "tests/harness/explore/explore_trace_test.cpp");
  CHECK(result.finding->steps[3].at.function == "task");
  CHECK(result.finding->steps[3].at.line == result.finding->at.line - 1);
}

TEST_CASE("a store that comes before another in memory and is shown behind it says so") {
  const step_list steps = steps_of(check<crossed_stores>());
  CHECK(steps ==
        step_list{"0: a.x = 1", "0: a.y = 2", "1: a.y = 1", "1: a.x = 2, already overwritten"});
}

TEST_CASE("a race names both accesses and their lines, and shows no more than leads to them") {
  const report::result result = check<race>();
  REQUIRE(result.finding);
  CHECK(result.finding->kind == oracle::memory);
  CHECK(steps_of(result) ==
        step_list{"0: a.shared = 1 (unmarked)", "1: read a.shared = 1 (unmarked)"});
  const auto line = [&](std::size_t step) {
    return "(explore_trace_test.cpp:" + std::to_string(result.finding->steps[step].at.line) + ")";
  };
  CHECK(result.finding->what ==
        "data race: two accesses that nothing orders: write of a.shared by "
        "task 0 " +
            line(0) + ", read of a.shared by task 1 " + line(1));
  CHECK(result.finding->at == result.finding->steps[1].at);
  CHECK(result.finding->signature == "data race: shared");
}

TEST_CASE("a use after free names the access and the free") {
  const report::result result = check<freed>();
  REQUIRE(result.finding);
  CHECK(result.finding->kind == oracle::memory);
  CHECK(steps_of(result) == step_list{"0: a.object = 1", "1: free the memory of a.object"});
  CHECK(result.finding->what.starts_with(
      "use after free: access that nothing orders before the free: write of a.object by task 0"));
  CHECK(result.finding->what.find("free of the memory of a.object by task 1") != std::string::npos);
  CHECK(result.finding->signature == "use after free: task, task: object");
}

TEST_CASE("a deadlock names the tasks, what they wait for and where") {
  const report::result result = check<embrace>();
  REQUIRE(result.finding);
  CHECK(result.finding->kind == oracle::progress);
  CHECK(steps_of(result) == step_list{"0: lock lock.a", "1: lock lock.b", "1: lock lock.a: waits",
                                      "0: lock lock.b: waits"});
  CHECK(result.finding->what.starts_with(
      "deadlock: task 0 waits for a mutex for ever, task 1 waits for a mutex for ever: lock of "
      "lock.b by task 0 (explore_trace_test.cpp:"));
}

TEST_CASE("a lost wake-up shows what the waiting task saw last") {
  const report::result result = check<lost_wake_up>();
  REQUIRE(result.finding);
  CHECK(result.finding->kind == oracle::progress);
  CHECK(steps_of(result) == step_list{"0: a.flag = 1", "0: a.flag = 0", "1: read a.flag = 0"});
  CHECK(result.finding->what.starts_with(
      "no progress: task 1 awaits what nobody will do: read of a.flag by task 1"));
}
