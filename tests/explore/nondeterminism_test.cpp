// SPDX-License-Identifier: GPL-2.0-only
// Programs that do something else when they are run again: they are reported, never explored
// wrongly.
#include "tests/explore/exploration_of.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <vector>

namespace {

using namespace stockcheck::explore;
using namespace stockcheck::explore::tests;
using enum memory_order;

/// Two unordered stores make two executions; `odd` is run in both, before the one that differs.
litmus replayed(const task_code& odd) {
  return {.tasks = {[odd](shared& s) {
                      odd(s);
                      s.x.store(1, relaxed);
                    },
                    [](shared& s) { s.x.store(2, relaxed); }}};
}
/// Tasks beside that of `odd` make the two stores, so that `odd` is replayed to its end.
litmus replayed_to_the_end(const task_code& odd) {
  return {.tasks = {odd, [](shared& s) { s.x.store(1, relaxed); },
                    [](shared& s) { s.x.store(2, relaxed); }}};
}

TEST_CASE("a value that changes from run to run is found where it is stored") {
  // As time and random numbers do.
  value runs = 0;
  unsigned line = 0;
  const observed seen = run(replayed([&](shared& s) {
    s.z.store(7, relaxed);
    line = here::current().line() + 1;
    s.y.store(++runs, relaxed);
  }));
  REQUIRE(finding_of(seen) == "nondeterministic");
  CHECK(seen.result.finding->at.line == line);
  REQUIRE(seen.result.finding->events.size() == 1);
  // The first event that differs: the task's second one.
  CHECK(seen.result.finding->events[0] == event_id{0, 1});
  CHECK_FALSE(seen.proof);
}

TEST_CASE("an address that is stored as a number is found") {
  std::vector<std::unique_ptr<char>> kept;
  CHECK(finding_of(replayed([&kept](shared& s) {
          kept.push_back(std::make_unique<char>());
          s.y.store(reinterpret_cast<value>(kept.back().get()), relaxed);
        })) == "nondeterministic");
}

TEST_CASE("another operation, order or location than before is found") {
  int runs = 0;
  CHECK(finding_of(replayed([&runs](shared& s) {
          if (++runs == 1)
            s.y.load(relaxed);
          else
            s.y.store(0, relaxed);
        })) == "nondeterministic");
  runs = 0;
  CHECK(finding_of(replayed([&runs](shared& s) { s.y.load(++runs == 1 ? relaxed : acquire); })) ==
        "nondeterministic");
  runs = 0;
  CHECK(finding_of(replayed([&runs](shared& s) { (++runs == 1 ? s.y : s.z).load(relaxed); })) ==
        "nondeterministic");
}

TEST_CASE("a task that does less than before is found") {
  int runs = 0;
  CHECK(finding_of(replayed_to_the_end([&runs](shared& s) {
          s.y.load(relaxed);
          if (++runs == 1) s.y.load(relaxed);
        })) == "nondeterministic");
}

TEST_CASE("a set-up that differs is found") {
  value runs = 0;
  litmus test = replayed([](shared&) {});
  test.set_up = [&runs](shared& s) { s.y.store(++runs, relaxed); };
  CHECK(finding_of(test) == "nondeterministic");
  runs = 0;
  test.set_up = [&runs](shared&) {
    if (++runs == 2) const cell one_more;
  };
  CHECK(finding_of(test) == "nondeterministic");
}

TEST_CASE("memory of the program itself that is made anew is no nondeterminism") {
  CHECK(finding_of(replayed([](shared& s) {
          const std::vector<value> own(100, 5);
          s.y.store(own[50], relaxed);
        })) == "nothing");
}

}  // namespace
