// SPDX-License-Identifier: GPL-2.0-only
// Mutexes and awaits: what waits is not explored, and what waits for ever is found.
#include "tests/explore/exploration_of.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace {

using namespace stockcheck::explore;
using namespace stockcheck::explore::tests;
using enum memory_order;

task_code locked(mutex shared::* outer, mutex shared::* inner) {
  return [=](shared& s) {
    (s.*outer).lock();
    (s.*inner).lock();
    (s.*inner).unlock();
    (s.*outer).unlock();
  };
}

TEST_CASE("two mutexes locked in both orders: two executions, and one deadlock") {
  const litmus test{.tasks = {locked(&shared::m, &shared::n), locked(&shared::n, &shared::m)}};
  const observed seen = run_beyond_findings(test);
  CHECK(seen.result.complete == 2);
  CHECK(seen.result.blocked == 0);
  REQUIRE(seen.findings.size() == 1);
  CHECK(seen.findings[0].kind == finding_kind::deadlock);
  CHECK(finding_of(test) == "deadlock");
}

TEST_CASE("two mutexes locked in one order: two executions") {
  const litmus test{.tasks = {locked(&shared::m, &shared::n), locked(&shared::m, &shared::n)}};
  const observed seen = run(test);
  CHECK(finding_of(seen) == "nothing");
  CHECK(seen.result.complete == 2);
  CHECK(seen.result.blocked == 0);
}

TEST_CASE("three tasks in a ring of mutexes: a deadlock only if all hold their first one") {
  // Without the third order there is no ring.
  const auto in_order = [](std::size_t first, std::size_t second) {
    return [=](shared& s) {
      const std::array cells{&s.x, &s.y, &s.z};
      lock(cells[first]->id(), here::current());
      lock(cells[second]->id(), here::current());
      unlock(cells[second]->id(), here::current());
      unlock(cells[first]->id(), here::current());
    };
  };
  const litmus ring{.tasks = {in_order(0, 1), in_order(1, 2), in_order(2, 0)}};
  const litmus no_ring{.tasks = {in_order(0, 1), in_order(1, 2), in_order(0, 2)}};
  // Each mutex has two users in two orders: 8, less the two cycles, of which one is the deadlock
  // and one is a cycle of program order.
  const observed seen = run_beyond_findings(ring);
  CHECK(seen.result.complete == 6);
  CHECK(seen.findings.size() == 1);
  CHECK(finding_of(run(no_ring)) == "nothing");
}

TEST_CASE("a mutex that its task holds already is a deadlock") {
  CHECK(finding_of(litmus{.tasks = {[](shared& s) {
                            s.m.lock();
                            s.m.lock();
                          }}}) == "deadlock");
  const task_code twice = [](shared& s) {
    s.m.lock();
    s.m.lock();
  };
  CHECK(finding_of(litmus{.tasks = {[](shared&) {}}, .settle = twice}) == "deadlock");
  CHECK(finding_of(litmus{.tasks = {[](shared&) {}}, .set_up = twice}) == "deadlock");
}

TEST_CASE("a mutex that is left locked is a deadlock for whoever comes later") {
  const litmus test{.tasks = {[](shared& s) { s.m.lock(); },
                              [](shared& s) {
                                s.m.lock();
                                s.m.unlock();
                              }}};
  const observed seen = run_beyond_findings(test);
  CHECK(seen.result.complete == 1);
  CHECK(seen.findings.size() == 1);
}

TEST_CASE("a trylock fails exactly where the mutex is held") {
  const litmus test{.tasks = {[](shared& s) {
                                s.m.lock();
                                s.m.unlock();
                              },
                              [](shared& s) {
                                if (!s.m.try_lock()) return;
                                s.r[0] = 1;
                                s.m.unlock();
                              }}};
  // Before, in the middle, behind.
  const observed seen = run(test);
  CHECK(finding_of(seen) == "nothing");
  CHECK(seen.executions_with({0}) == 1);
  CHECK(seen.executions_with({1}) == 2);
}

TEST_CASE("what is awaited is not explored round by round") {
  for (const memory_model model : all_models) {
    const litmus once{.tasks = {[](shared& s) { s.x.await_equal(1, acquire); },
                                [](shared& s) { s.x.store(1, release); }}};
    const observed seen = run(once, model);
    CHECK(finding_of(seen) == "nothing");
    CHECK(seen.result.complete == 1);
    // One round that saw the value of before, however often it might have gone on.
    CHECK(seen.result.blocked <= 1);
    CHECK(seen.result.truncated == 0);
    // Any of the values that satisfy is seen.
    const litmus other{.tasks = {[](shared& s) {
                                   s.x.await_other_than(0, acquire);
                                   s.r[0] = s.x.load(relaxed);
                                 },
                                 [](shared& s) {
                                   s.x.store(1, release);
                                   s.x.store(2, release);
                                 }}};
    const observed values = run(other, model);
    CHECK(finding_of(values) == "nothing");
    CHECK(values.outcome_set() == std::set<outcome>{{1}, {2}});
    // Reads 1 and then 1 or 2, or 2 and 2.
    CHECK(values.result.complete == 3);
  }
}

TEST_CASE("an await may see what satisfies it before and behind what does not") {
  const litmus test{.tasks = {[](shared& s) { s.x.await_other_than(1, relaxed); },
                              [](shared& s) {
                                s.x.store(1, relaxed);
                                s.x.store(2, relaxed);
                              }}};
  // It reads 0 or 2.
  for (const memory_model model : all_models) CHECK(run(test, model).result.complete == 2);
}

TEST_CASE("a wake-up that is taken back is lost: one execution, and one without progress") {
  const litmus test{.tasks = {[](shared& s) { s.x.await_equal(1, relaxed); },
                              [](shared& s) {
                                s.x.store(1, relaxed);
                                s.x.store(0, relaxed);
                              }}};
  const observed seen = run_beyond_findings(test);
  CHECK(seen.result.complete == 1);
  REQUIRE(seen.findings.size() == 1);
  CHECK(seen.findings[0].kind == finding_kind::no_progress);
}

TEST_CASE("two tasks that await each other make no progress") {
  const litmus test{.tasks = {[](shared& s) {
                                s.x.await_equal(1, relaxed);
                                s.y.store(1, relaxed);
                              },
                              [](shared& s) {
                                s.y.await_equal(1, relaxed);
                                s.x.store(1, relaxed);
                              }}};
  CHECK(finding_of(test) == "no progress");
}

TEST_CASE("an await under a mutex that the other one needs makes no progress") {
  const litmus test{.tasks = {[](shared& s) {
                                s.m.lock();
                                s.x.await_equal(1, relaxed);
                                s.m.unlock();
                              },
                              [](shared& s) {
                                s.m.lock();
                                s.x.store(1, relaxed);
                                s.m.unlock();
                              }}};
  const observed seen = run_beyond_findings(test);
  CHECK(seen.result.complete == 1);
  REQUIRE(seen.findings.size() == 1);
  CHECK(seen.findings[0].kind == finding_kind::no_progress);
}

TEST_CASE("an await of several cells sees them as its task may") {
  const litmus test{.tasks = {[](shared& s) {
                                const auto holds = [&s] {
                                  return s.x.load(acquire) == 1 && s.y.load(acquire) == 1;
                                };
                                await(predicate(holds), here::current());
                                s.r[0] = 1;
                              },
                              [](shared& s) { s.x.store(1, release); },
                              [](shared& s) { s.y.store(1, release); }}};
  const observed seen = run(test);
  CHECK(finding_of(seen) == "nothing");
  CHECK(seen.result.complete == 1);
  CHECK(seen.executions_with({1}) == 1);
}

TEST_CASE(
    "what is awaited may only load, and an await that nobody can satisfy is found alone too") {
  CHECK(finding_of(litmus{.tasks = {[](shared& s) {
                            const auto holds = [&s] { return s.x.exchange(1, relaxed) == 1; };
                            await(predicate(holds), here::current());
                          }}}) == "misuse");
  const task_code hopeless = [](shared& s) { s.x.await_equal(9, relaxed); };
  CHECK(finding_of(litmus{.tasks = {[](shared&) {}}, .settle = hopeless}) == "no progress");
  CHECK(finding_of(litmus{.tasks = {[](shared&) {}}, .set_up = hopeless}) == "no progress");
  CHECK(finding_of(litmus{.tasks = {hopeless}}) == "no progress");
}

TEST_CASE("a loop that spins without end is cut, and then nothing is proven") {
  const litmus test{.tasks = {[](shared& s) {
                                while (s.x.load(relaxed) == 0) {
                                }
                              },
                              [](shared& s) { s.x.store(1, relaxed); }}};
  const observed seen = run(test, settings{.executions = 1000, .max_events = 40});
  CHECK(finding_of(seen) == "nothing");
  CHECK(seen.result.truncated > 0);
  CHECK_FALSE(seen.proof);
}

}  // namespace
