// What the checkers say of programs whose known property hides something else.
#include "checkers/behind_known.hpp"

#include "tests/checkers/explored_program.hpp"

#include <doctest/doctest.h>

#include <utility>

using namespace stockcheck;
using report::verdict;
using tests::policy;

namespace {

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

struct known_hides_another : known_alone {
  static void settle() {
    known_alone::settle();
    policy::expect(false, oracle::leak, "hidden");
  }
};

struct known_leak_behind_another : known_hides_another {
  static constexpr checks::scenario_info info = known_as(oracle::leak);
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

/// Two plain writes that nothing orders.
struct known_race {
  static constexpr checks::scenario_info info = known_as(oracle::memory);
  policy::plain<int> value;
  void task(unsigned number) { value.store(static_cast<int>(number)); }
};

template <class Body>
report::result look(const checkers::options& how = {.time = std::chrono::seconds(60)}) {
  const checks::program_entry& entry = tests::entry_of<Body>;
  checkers::explore_checker by{{&entry, 1}};
  report::result found = by.check(*entry.info, how, {});
  REQUIRE(found.verdict == verdict::known);
  return checkers::look_behind(std::move(found), by, *entry.info, how, {});
}

}  // namespace

TEST_CASE("what nothing lies behind stays known") {
  const report::result result = look<known_alone>();
  CHECK(result.verdict == verdict::known);
  REQUIRE(result.finding);
  CHECK(result.finding->what == "known");
  CHECK_FALSE(result.passed_over);
  // Of both searches.
  CHECK(result.executions > 2);
}

TEST_CASE("nothing is looked for behind a misuse of memory") {
  const report::result result = look<known_race>();
  CHECK(result.verdict == verdict::known);
  CHECK_FALSE(result.passed_over);
}

TEST_CASE("a failure that lies behind what is known is found, and both are kept") {
  const report::result result = look<known_hides_another>();
  CHECK(result.verdict == verdict::fail);
  REQUIRE(result.finding);
  CHECK(result.finding->what == "hidden");
  REQUIRE(result.passed_over);
  CHECK(result.passed_over->what == "known");
  CHECK(result.known);
}

TEST_CASE("what a scenario declares stays known behind something else that is") {
  const checks::program_entry& entry = tests::entry_of<known_leak_behind_another>;
  checkers::explore_checker by{{&entry, 1}};
  report::result found = by.check(*entry.info, {}, {});
  REQUIRE(found.verdict == verdict::fail);
  found.verdict = verdict::known;
  const report::result result = checkers::look_behind(std::move(found), by, *entry.info, {}, {});
  CHECK(result.verdict == verdict::known);
  REQUIRE(result.finding);
  CHECK(result.finding->what == "hidden");
}

TEST_CASE("a search behind what is known that does not come to its end leaves it unknown") {
  const report::result result = look<known_hides_much>({.events = 50'000});
  CHECK(result.verdict == verdict::unknown);
  CHECK_FALSE(result.finding);
  CHECK(result.passed_over);
  CHECK(result.guarantee.starts_with(
      "what lies behind the known property was not searched to its end: "));
}
