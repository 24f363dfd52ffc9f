// SPDX-License-Identifier: GPL-2.0-only
// What the explore checker says of programs with a known property, and of what lies behind it.
#include "tests/harness/explore/explored_program.hpp"

#include <doctest/doctest.h>

#include <span>
#include <vector>

using namespace stockcheck;
using tests::policy;

namespace {

/// What the programs here are known for.
const known::known_catalogue& catalogue() {
  static const known::known_catalogue of_tests(R"json({
    "examined": ["6.12"],
    "known": [{
      "id": "a-test", "happens": "it is so", "reason": "nobody minds", "matters": "no",
      "callers": ["a() calls b()"],
      "places": [{"as": "property", "scenarios": ["a/known"],
                  "ends": ["known", "late (by 1)", "late (by 2)", "not the first",
                           "use after free: task, task", "deadlock: task, task"]}]
    }]
})json");
  return of_tests;
}

template <class Body>
report::result check(const harness::options& how = {.time = std::chrono::seconds(60)}) {
  const checks::program_entry& entry = tests::entry_of<Body>;
  return harness::explore_checker{std::span{&entry, 1}, "", {}, {}, catalogue()}.check(*entry.info,
                                                                                       how, {});
}

constexpr checks::scenario_info known_as(oracle kind) {
  checks::scenario_info made = tests::two_tasks("a/known");
  made.known = checks::known_property{kind, "a-test"};
  return made;
}

/// Always breaks one promise, which is known.
struct known_alone {
  static constexpr checks::scenario_info info = known_as(oracle::scenario);
  policy::atomic<int> count;
  void task(unsigned) { count.fetch_add(1, order::relaxed); }
  static void settle() { policy::expect(false, oracle::scenario, "known"); }
};

struct known_hides_another_oracle : known_alone {
  static void settle() {
    known_alone::settle();
    policy::expect(false, oracle::leak, "hidden");
  }
};

struct known_hides_another_promise : known_alone {
  static void settle() {
    known_alone::settle();
    policy::expect(false, oracle::scenario, "hidden");
  }
};

/// What is known ends with 1, 2 or more.
template <int Last>
struct known_with_numbers {
  static constexpr checks::scenario_info info = known_as(oracle::scenario);
  policy::atomic<int> count;
  int mine = 0;
  void task(unsigned number) {
    const int before = count.fetch_add(1, order::relaxed);
    if (number == 0) mine = before + 1;
  }
  void settle() const {
    policy::expect(false, oracle::scenario, "late", {{"by", mine == 1 ? 1 : Last}});
  }
};

/// The first promise that is broken comes in the middle of a task, which goes on.
struct known_in_a_task {
  static constexpr checks::scenario_info info = known_as(oracle::scenario);
  policy::atomic<int> count;
  policy::atomic<int> done;
  void task(unsigned) {
    policy::expect(count.fetch_add(1, order::relaxed) == 0, oracle::scenario, "not the first");
    done.fetch_add(1, order::relaxed);
  }
  [[nodiscard]] long outcome() const { return done.load(order::relaxed); }
};

/// Far too many executions behind the first, which shows what is known.
struct known_hides_much {
  static constexpr checks::scenario_info info = [] {
    checks::scenario_info made = known_as(oracle::scenario);
    made.task_list = {{{"a"}, {"b"}, {"c"}, {"d"}}};
    return made;
  }();
  policy::atomic<int> count;
  void task(unsigned) {
    for (int i = 0; i < 6; ++i) count.fetch_add(1, order::relaxed);
  }
  static void settle() { known_alone::settle(); }
};

/// Task 0 takes a value away for good unless task 1, which still uses it, was faster.
template <bool BreaksPromise>
struct known_misuse {
  static constexpr checks::scenario_info info = known_as(oracle::memory);
  policy::atomic<int> flag;
  policy::atomic<int>* value = policy::make<policy::atomic<int>>(0);
  void task(unsigned number) {
    if (number == 0) {
      is_gone = flag.load(order::acquire) == 0;
      if (is_gone) policy::destroy(value);
      return;
    }
    value->store(1, order::relaxed);
    flag.store(1, order::release);
  }
  void settle() {
    policy::expect(!BreaksPromise, oracle::memory, "kept");
    if (!is_gone) policy::destroy(value);
  }
  bool is_gone = false;
};

/// Two plain writes that nothing orders, where a free too early is known.
struct race_beside_known_misuse {
  static constexpr checks::scenario_info info = known_as(oracle::memory);
  policy::plain<int> value;
  void task(unsigned number) { value.store(static_cast<int>(number)); }
};

/// Both tasks wait for the other one's lock.
struct known_deadlock {
  static constexpr checks::scenario_info info = known_as(oracle::progress);
  policy::mutex a;
  policy::mutex b;
  void task(unsigned number) {
    (number == 0 ? a : b).lock();
    (number == 0 ? b : a).lock();
    b.unlock();
    a.unlock();
  }
};

}  // namespace

TEST_CASE("what nothing lies behind is known, after every execution was seen") {
  const report::result result = check<known_alone>();
  CHECK(result.verdict == verdict::known);
  REQUIRE(result.finding);
  CHECK(result.finding->what == "known");
  CHECK(result.finding->steps.size() == 2);
  CHECK_FALSE(result.passed_over);
  CHECK(result.proof == "RC11");
  CHECK(result.executions == 2);
  CHECK(result.known_executions == 2);
  CHECK(result.guarantee ==
        "every execution under RC11: 2 complete, 0 blocked, 2 of them with a known property");
  CHECK(result.replay == "stockcheck check 'a/known' --checker explore");
}

TEST_CASE("a failure behind what is known is found, of another oracle and of the same one") {
  for (const report::result& result :
       {check<known_hides_another_oracle>(), check<known_hides_another_promise>()}) {
    CHECK(result.verdict == verdict::fail);
    REQUIRE(result.finding);
    CHECK(result.finding->what == "hidden");
    REQUIRE(result.passed_over);
    CHECK(result.passed_over->what == "known");
    CHECK(result.known);
  }
}

TEST_CASE("small numbers tell what is known from what is not") {
  const report::result two_ends = check<known_with_numbers<2>>();
  CHECK(two_ends.verdict == verdict::known);
  CHECK(two_ends.known_findings.size() == 2);
  const report::result another_end = check<known_with_numbers<3>>();
  CHECK(another_end.verdict == verdict::fail);
  REQUIRE(another_end.finding);
  CHECK(another_end.finding->numbers == std::vector<report::number>{{"by", 3}});
}

TEST_CASE("a task goes on behind what is known") {
  const report::result result = check<known_in_a_task>();
  CHECK(result.verdict == verdict::known);
  REQUIRE(result.outcomes.size() == 1);
  CHECK(result.outcomes.front().state == "program: outcome=2");
  // The counterexample ends where the promise was broken.
  CHECK(result.finding->steps.size() < 4);
}

TEST_CASE("a search behind what is known that does not come to its end leaves it unknown") {
  const report::result result =
      check<known_hides_much>({.events = 50'000, .search = explore::search::exhaustive});
  CHECK(result.verdict == verdict::unknown);
  CHECK_FALSE(result.finding);
  CHECK(result.passed_over);
  CHECK(result.guarantee.starts_with(
      "what lies behind the known property was not searched to its end: "));
}

TEST_CASE("executions without a known misuse of memory are explored") {
  const report::result result = check<known_misuse<false>>();
  CHECK(result.verdict == verdict::known);
  CHECK(result.complete == 1);
  CHECK(result.known_executions > 0);
  const report::result broken = check<known_misuse<true>>();
  CHECK(broken.verdict == verdict::fail);
  CHECK(broken.finding->what == "kept");
}

TEST_CASE("one known misuse of memory does not excuse another") {
  const report::result result = check<race_beside_known_misuse>();
  CHECK(result.verdict == verdict::fail);
  CHECK(result.finding->what.starts_with("data race"));
}

TEST_CASE("a known deadlock ends no search") {
  const report::result result = check<known_deadlock>();
  CHECK(result.verdict == verdict::known);
  CHECK(result.complete > 0);
  CHECK(result.proof == "RC11");
}
