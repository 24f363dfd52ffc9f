// SPDX-License-Identifier: GPL-2.0-only
// Code under test that fails: assertions and exceptions anywhere, stacks that overflow, misuse.
#include "tests/explore/exploration_of.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

namespace {

using namespace stockcheck::explore;
using namespace stockcheck::explore::tests;
using enum memory_order;

const task_code nothing = [](shared&) {};
const task_code failing = [](shared&) { fail("on purpose", here::current()); };

/// What was found, with its kind in front.
std::string found_in(const litmus& test) {
  const observed seen = run(test);
  return finding_of(seen) + (seen.result.finding ? ": " + seen.result.finding->what : "");
}

/// Fails when it is destroyed.
struct failing_guard {
  failing_guard() = default;
  failing_guard(const failing_guard&) = delete;
  failing_guard& operator=(const failing_guard&) = delete;
  ~failing_guard() { fail("on purpose", here::current()); }
};

TEST_CASE("an assertion is found wherever it fails") {
  CHECK(found_in({.tasks = {failing}}) == "assertion: on purpose");
  CHECK(found_in({.tasks = {nothing}, .settle = failing}) == "assertion: on purpose");
  CHECK(found_in({.tasks = {nothing}, .set_up = failing}) == "assertion: on purpose");
  CHECK(found_in({.tasks = {nothing}, .tear_down = failing}) == "assertion: on purpose");
  CHECK(found_in({.tasks = {[](shared&) { const failing_guard guard; }}}) ==
        "assertion: on purpose");
}

TEST_CASE("an assertion is found that fails while an exception is handled or thrown") {
  CHECK(found_in({.tasks = {[](shared& s) {
                              try {
                                throw std::runtime_error("caught");
                              } catch (const std::runtime_error&) {
                                s.x.store(1, relaxed);
                                fail("on purpose", here::current());
                              }
                            },
                            [](shared& s) { s.x.store(2, relaxed); }}}) == "assertion: on purpose");
  CHECK(found_in({.tasks = {[](shared&) {
                    const failing_guard guard;
                    throw std::runtime_error("on its way");
                  }}}) == "assertion: on purpose");
}

TEST_CASE("tasks handle exceptions of their own while others run") {
  const task_code body = [](shared& s) {
    const std::string mine = std::to_string(s.z.fetch_add(1, relaxed));
    try {
      throw std::runtime_error(mine);
    } catch (const std::runtime_error&) {
      s.x.fetch_add(1, relaxed);
      try {
        throw;
      } catch (const std::runtime_error& again) {
        s.y.fetch_add(1, relaxed);
        if (again.what() != mine) fail("another task's exception", here::current());
      }
    }
  };
  const observed seen = run(litmus{.tasks = {body, body}});
  CHECK(finding_of(seen) == "nothing");
  CHECK(seen.result.complete == 8);  // orders of three cells
}

TEST_CASE("an exception that leaves the code under test is found") {
  const auto throwing = [](shared&) { throw std::runtime_error("on purpose"); };
  CHECK(found_in({.tasks = {throwing}}) == "exception: on purpose");
  CHECK(found_in({.tasks = {nothing}, .settle = throwing}) == "exception: on purpose");
  CHECK(found_in({.tasks = {nothing}, .set_up = throwing}) == "exception: on purpose");
  CHECK(found_in({.tasks = {[](shared&) { throw 5; }}}) ==
        "exception: something that is not a std::exception");
}

TEST_CASE("an assertion that fails in one execution out of several is found, with its execution") {
  unsigned line = 0;
  const litmus test{.tasks = {[](shared& s) { s.x.store(1, relaxed); },
                              [&line](shared& s) {
                                if (s.x.load(relaxed) == 1) return;
                                line = here::current().line() + 1;
                                fail("too early", here::current());
                              }}};
  const observed seen = run(test);
  REQUIRE(finding_of(seen) == "assertion");
  CHECK(seen.result.finding->at.line == line);
  CHECK(seen.result.ended == exploration::end::found);
  CHECK_FALSE(seen.proof);
  REQUIRE(seen.result.counterexample);
  const observed all = run_beyond_findings(test);
  CHECK(all.findings.size() == 1);
  CHECK(all.result.complete == 1);
  CHECK_FALSE(all.proof);
}

/// Uses a stack frame of a kilobyte for each level.
unsigned dive(unsigned levels) {
  volatile unsigned frame[256];
  frame[levels % 256] = levels;
  return levels == 0 ? 0 : dive(levels - 1) + frame[levels % 256];
}

TEST_CASE("a stack that overflows is found, and does not harm what is explored later") {
  for (int times = 0; times < 2; ++times) {
    CHECK(found_in({.tasks = {[](shared& s) { s.r[0] = dive(100000); }, nothing}}) ==
          "stack overflow: the stack of a task is used up");
    CHECK(found_in({.tasks = {nothing}, .settle = [](shared& s) { s.r[0] = dive(100000); }}) ==
          "stack overflow: the stack of a task is used up");
    CHECK(found_in({.tasks = {[](shared& s) { s.r[0] = dive(20); }}}) == "nothing");
  }
}

/// Writes to where there is no memory, in a way that no compiler sees.
void write_to_null(shared& s) {
  volatile int* volatile nowhere = nullptr;
  s.x.store(1, relaxed);
  *nowhere = 1;
}

TEST_CASE("an access where there is no memory is found, and does not harm what is explored later") {
  for (int times = 0; times < 2; ++times) {
    CHECK(found_in({.tasks = {write_to_null, nothing}}) ==
          "crash: access of address 0, where there is no memory");
    CHECK(found_in({.tasks = {nothing}, .settle = write_to_null}) ==
          "crash: access of address 0, where there is no memory");
    CHECK(found_in({.tasks = {[](shared& s) { s.x.store(1, relaxed); }}}) == "nothing");
  }
}

TEST_CASE("operations outside of an execution and explorations within one are refused") {
  CHECK_THROWS_AS(barrier(seq_cst), std::logic_error);
  const litmus inner{.tasks = {nothing}};
  CHECK(found_in(
            {.tasks = {[&inner](shared&) { static_cast<void>(explore(subject_of(inner), {})); }}})
            .starts_with("exception"));
  CHECK_THROWS_AS(explore({.nr_tasks = 0, .make = {}}, {}), std::invalid_argument);
  CHECK_THROWS_AS(explore({.nr_tasks = max_tasks + 1, .make = {}}, {}), std::invalid_argument);
}

TEST_CASE("an observer ends an exploration, and so does a limit; neither proves anything") {
  struct impatient final : observer {
    bool goes_on(const exploration_progress& so_far) override {
      explored = so_far.explored;
      return false;
    }
    double explored = 0;
  };
  const litmus test{.tasks = {7, [](shared& s) { s.x.fetch_add(1, relaxed); }}};
  impatient watch;
  const settings how;
  const exploration ended = explore(subject_of(test), how, watch);
  CHECK(ended.ended == exploration::end::stopped);
  CHECK(ended.complete > 0);
  CHECK(ended.complete < 5040);
  CHECK(watch.explored > 0);
  CHECK(watch.explored < 1);
  CHECK_FALSE(ended.is_proof(how));
  const observed limited = run(test, settings{.executions = 100});
  CHECK(limited.result.complete == 100);
  CHECK_FALSE(limited.proof);
}

}  // namespace
