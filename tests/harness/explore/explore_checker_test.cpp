// SPDX-License-Identifier: GPL-2.0-only
// What the explore checker says of small programs: proofs, bounded passes, what stays unknown.
#include "harness/explore/explore_checker.hpp"

#include "tests/harness/explore/explored_program.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace stockcheck;
using tests::check;
using tests::policy;

namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// Two increments.
struct counting {
  static constexpr checks::scenario_info info = tests::two_tasks("a/counting");
  policy::atomic<int> count;
  void task(unsigned) { count.fetch_add(1, order::relaxed); }
  [[nodiscard]] long outcome() const { return count.load(order::relaxed); }
};

/// Both read 0 if stores are buffered.
struct store_buffering {
  static constexpr checks::scenario_info info = tests::two_tasks("a/store_buffering");
  policy::atomic<int> x;
  policy::atomic<int> y;
  int seen[2] = {};
  void task(unsigned number) {
    (number == 0 ? x : y).store(1, order::relaxed);
    seen[number] = (number == 0 ? y : x).load(order::relaxed);
  }
  void settle() const { policy::expect(seen[0] + seen[1] > 0, oracle::scenario, "both read 0"); }
};

/// Declares as a known property that both may read 0.
struct known_store_buffering : store_buffering {
  static constexpr checks::scenario_info info = [] {
    checks::scenario_info made = tests::two_tasks("a/known");
    made.known = checks::known_property{oracle::scenario, "a-test"};
    return made;
  }();
};

/// Declares that property, too, but cannot have it.
struct known_but_absent : counting {
  static constexpr checks::scenario_info info = known_store_buffering::info;
};

/// 16!/(4!)^4 = 63,063,000 executions.
struct too_much {
  static constexpr checks::scenario_info info{
      .name = "a/too_much", .summary = "", .task_list = {{{"a"}, {"b"}, {"c"}, {"d"}}}};
  policy::atomic<int> count;
  void task(unsigned) {
    for (int i = 0; i < 4; ++i) count.fetch_add(1, order::relaxed);
  }
};

/// A task reads in a loop until the other has stored; nobody said that it waits.
struct spinning {
  static constexpr checks::scenario_info info = tests::two_tasks("a/spinning");
  policy::atomic<int> flag;
  void task(unsigned number) {
    if (number == 0)
      flag.store(1, order::relaxed);
    else
      while (flag.load(order::relaxed) == 0) continue;
  }
};

struct forgetful {
  static constexpr checks::scenario_info info = tests::two_tasks("a/forgetful");
  policy::atomic<int> x;
  void task(unsigned) {
    static unsigned calls = 0;
    x.store(1, order::relaxed);
    if (++calls % 3 == 0) x.store(2, order::relaxed);
    static_cast<void>(x.load(order::relaxed));
  }
};

}  // namespace

TEST_CASE("a pass that saw every execution is a proof and counts them") {
  const report::result result = check<counting>();
  CHECK(result.verdict == verdict::pass);
  CHECK(result.proof == "RC11");
  CHECK(result.model == "RC11");
  CHECK(result.executions == 2);
  CHECK(result.complete == 2);
  CHECK(result.blocked == 0);
  CHECK(result.guarantee == "every execution under RC11: 2 complete, 0 blocked");
  REQUIRE(result.outcomes.size() == 1);
  CHECK(result.outcomes[0] == report::outcome{"program: outcome=2", 2});
}

TEST_CASE("a proof under all models is one under each") {
  const report::result result = check<counting>({.models = harness::all_memory_models()});
  CHECK(result.verdict == verdict::pass);
  CHECK(result.proof == "SC, TSO, RC11");
  CHECK(result.complete == 6);
}

TEST_CASE("the model decides, and the finding says under which it shows") {
  CHECK(check<store_buffering>({.models = {explore::memory_model::sc}}).proof == "SC");
  const report::result result = check<store_buffering>({.models = harness::all_memory_models()});
  CHECK(result.verdict == verdict::fail);
  CHECK(result.proof.empty());
  CHECK(result.guarantee.starts_with("TSO, execution "));
  CHECK(result.guarantee.ends_with("; nothing found under SC"));
  CHECK(result.replay ==
        "stockcheck check 'a/store_buffering' --checker explore --search full --memory-model all");
}

TEST_CASE("a known property is found, and its absence from a strong model is no failure") {
  CHECK(check<known_store_buffering>().verdict == verdict::known);
  const report::result strong =
      check<known_store_buffering>({.models = {explore::memory_model::sc}});
  CHECK(strong.verdict == verdict::unknown);
  CHECK(contains(strong.guarantee, "known: a-test: "));
  CHECK(contains(strong.guarantee, "did not show"));
}

TEST_CASE("a known property that is proven absent is a failure") {
  const report::result result = check<known_but_absent>();
  CHECK(result.verdict == verdict::fail);
  CHECK(contains(result.guarantee, "no longer found, although known: a-test: "));
}

TEST_CASE("an exhaustive search that runs out of its budget is unknown and says how far it came") {
  for (const harness::options& how :
       {harness::options{.events = 50'000, .search = explore::search::exhaustive},
        harness::options{.search = explore::search::exhaustive, .executions = 1000},
        harness::options{.time = std::chrono::milliseconds(30),
                         .search = explore::search::exhaustive}}) {
    const report::result result = check<too_much>(how);
    CHECK(result.verdict == verdict::unknown);
    CHECK(result.reach == reach::cut);
    CHECK(result.proof.empty());
    CHECK(result.executions > 0);
    CHECK(contains(result.guarantee, "an exhaustive search came"));
    CHECK(contains(result.guarantee, "not everything searched"));
  }
}

TEST_CASE("counted work ends a search at the same execution every time") {
  const harness::options how{.events = 50'000, .search = explore::search::exhaustive};
  const report::result once = check<too_much>(how);
  const report::result again = check<too_much>(how);
  CHECK(once.executions == again.executions);
  CHECK(once.events == again.events);
  CHECK(once.events >= how.events);
  CHECK(check<too_much>({.search = explore::search::exhaustive, .executions = 1000}).executions ==
        1000);
}

TEST_CASE("an automatic search goes on with rising bounds and says what it left out") {
  const report::result result = check<too_much>({.events = 500'000});
  CHECK(result.verdict == verdict::pass);
  CHECK(result.proof.empty());
  CHECK(contains(result.guarantee, "at most "));
  CHECK(contains(result.guarantee, "preemption"));
  CHECK(contains(result.guarantee, "an exhaustive search came"));
}

TEST_CASE("no search but the exhaustive one proves anything, and each says what it leaves out") {
  const auto passes = [](explore::search how, const std::string& says) {
    const report::result result = check<counting>(
        {.time = std::chrono::seconds(60), .search = how, .bound = 2, .executions = 600});
    CAPTURE(result.guarantee);
    CHECK(result.verdict == verdict::pass);
    CHECK(result.proof.empty());
    CHECK(contains(result.guarantee, says));
  };
  passes(explore::search::preemptions, "at most 2 preemptions: ");
  passes(explore::search::preemptions, "what needs more is not searched");
  passes(explore::search::switches, "at most 2 context switches: ");
  passes(explore::search::uniform, "drawn with --search random --seed 1: 600 complete");
  passes(explore::search::pct, "drawn with --search pct --bound 2 --seed 1: 600 complete");
  passes(explore::search::pos, "what was not drawn is not searched");
}

TEST_CASE("every search finds what is easy to find, and the command that finds it again") {
  for (const auto& [how, options] :
       {std::pair{explore::search::preemptions, "--search bound --bound 3"},
        {explore::search::switches, "--search switches --bound 3"},
        {explore::search::uniform, "--search random --seed 1"},
        {explore::search::pct, "--search pct --bound 3 --seed 1"},
        {explore::search::pos, "--search pos --seed 1"}}) {
    const report::result result = check<store_buffering>({.search = how});
    CHECK(result.verdict == verdict::fail);
    CHECK(result.replay ==
          "stockcheck check 'a/store_buffering' --checker explore " + std::string(options));
  }
}

TEST_CASE("executions that were cut are no proof") {
  const report::result result = check<spinning>();
  CHECK(result.verdict == verdict::pass);
  CHECK(result.proof.empty());
  CHECK(contains(result.guarantee, "all executions of at most 2000 events a task"));
  CHECK(contains(result.guarantee, "cut because a task did not end"));
}

TEST_CASE("a program that is not deterministic is never judged") {
  const report::result result = check<forgetful>();
  CHECK(result.verdict == verdict::unknown);
  CHECK_FALSE(result.finding);
  CHECK(result.guarantee.starts_with("not deterministic: "));
  CHECK(contains(result.guarantee, " of task "));
}
