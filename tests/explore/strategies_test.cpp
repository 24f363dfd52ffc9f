// SPDX-License-Identifier: GPL-2.0-only
// Searches that are not exhaustive: bounded and random ones.
#include "tests/explore/exploration_of.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace {

using namespace stockcheck::explore;
using namespace stockcheck::explore::tests;
using enum memory_order;

/// Two tasks that add one each, without atomicity.
litmus lost_update() {
  const task_code increment = [](shared& s) { s.x.store(s.x.load(relaxed) + 1, relaxed); };
  return {.tasks = {increment, increment}, .settle = [](shared& s) {
            if (s.x.load(relaxed) != 2) fail("an update was lost", here::current());
          }};
}

/// Small programs with a bit of everything.
std::vector<litmus> programs() {
  return {
      {.tasks = {[](shared& s) {
                   s.x.store(1, relaxed);
                   s.r[0] = s.y.load(relaxed);
                 },
                 [](shared& s) {
                   s.y.store(1, relaxed);
                   s.r[1] = s.x.load(relaxed);
                 }}},
      {.tasks = {[](shared& s) {
                   s.x.store(1, relaxed);
                   s.y.store(2, release);
                 },
                 [](shared& s) {
                   s.y.store(1, seq_cst);
                   s.x.store(2, seq_cst);
                 },
                 [](shared& s) {
                   s.r[0] = s.x.load(acquire);
                   s.r[1] = s.y.load(relaxed);
                 }},
       .settle =
           [](shared& s) {
             s.r[2] = s.x.load(relaxed);
             s.r[3] = s.y.load(relaxed);
           }},
      {.tasks = {[](shared& s) {
                   s.r[0] = s.x.fetch_add(1, full);
                   s.r[1] = s.y.replace(0, 1, full) ? 1 : 0;
                 },
                 [](shared& s) {
                   s.r[2] = s.y.exchange(2, acq_rel);
                   s.r[3] = s.x.fetch_add(2, relaxed);
                 },
                 [](shared& s) { s.r[4] = s.x.load(relaxed); }}},
      {.tasks = {[](shared& s) {
                   s.m.lock();
                   s.r[0] = s.x.load(plain);
                   s.x.store(s.r[0] + 1, plain);
                   s.m.unlock();
                   s.y.store(1, release);
                 },
                 [](shared& s) {
                   s.m.lock();
                   s.x.store(s.x.load(plain) + 10, plain);
                   s.m.unlock();
                 },
                 [](shared& s) {
                   s.y.await_equal(1, acquire);
                   s.r[1] = choose(2, here::current());
                   if (s.m.try_lock()) {
                     s.r[2] = s.x.load(plain);
                     s.m.unlock();
                   }
                 }}},
  };
}

constexpr std::array random_searches{search::uniform, search::pct, search::pos};
constexpr std::array bounded_searches{search::preemptions, search::switches};

bool is_subset(const observed& of, const observed& all) {
  return std::ranges::all_of(of.graphs, [&](const digest& d) { return all.graphs.contains(d); });
}

TEST_CASE("random searches find a lost update") {
  for (const search how : random_searches) {
    const observed seen =
        run(lost_update(),
            {.model = memory_model::sc, .search = how, .bound = 2, .seed = 5, .executions = 1000});
    CHECK(finding_of(seen) == "assertion");
    CHECK_FALSE(seen.proof);
  }
}

TEST_CASE("a lost update takes one preemption, or one switch and the way back") {
  const auto found = [](search how, unsigned bound) {
    return finding_of(
        run(lost_update(), {.model = memory_model::sc, .search = how, .bound = bound}));
  };
  CHECK(found(search::preemptions, 0) == "nothing");
  CHECK(found(search::preemptions, 1) == "assertion");
  // Beyond the bound a task that ends is followed by the first that can go on: there is no choice.
  CHECK(found(search::switches, 0) == "nothing");
  CHECK(found(search::switches, 1) == "assertion");
}

TEST_CASE("a random search is determined by its seed") {
  const std::vector<litmus> all = programs();
  for (const search how : random_searches) {
    std::set<std::vector<std::uint64_t>> histories;
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
      const settings settings{.search = how, .seed = seed, .executions = 30};
      struct historian final : observer {
        void completed(engine_program&, const execution_graph& graph) override {
          history.push_back(digest_of(graph).a);
        }
        std::vector<std::uint64_t> history;
      } first, second;
      explore(subject_of(all[1]), settings, first);
      explore(subject_of(all[1]), settings, second);
      CHECK(first.history.size() == 30);
      CHECK(first.history == second.history);
      histories.insert(first.history);
    }
    CHECK(histories.size() > 1);
  }
}

TEST_CASE("what a random search meets, an exhaustive one meets") {
  for (const litmus& test : programs()) {
    for (const memory_model model : all_models) {
      const observed all = run(test, model);
      REQUIRE(finding_of(all) == "nothing");
      for (const search how : random_searches) {
        const observed some =
            run(test, {.model = model, .search = how, .bound = 3, .seed = 9, .executions = 300});
        CHECK(finding_of(some) == "nothing");
        CHECK(some.graphs.size() > 1);
        CHECK(is_subset(some, all));
        CHECK_FALSE(some.proof);
      }
    }
  }
}

TEST_CASE("a random search meets every execution of a small program sooner or later") {
  const std::vector<litmus> all = programs();
  for (const search how : {search::uniform, search::pos}) {
    for (const memory_model model : all_models) {
      const observed some =
          run(all[0], {.model = model, .search = how, .seed = 3, .executions = 2000});
      CHECK(some.graphs.size() == run(all[0], model).graphs.size());
    }
  }
}

TEST_CASE("a bound that is never met leaves nothing out under SC, and still proves nothing") {
  for (const litmus& test : programs()) {
    const observed all = run(test, memory_model::sc);
    for (const search how : bounded_searches) {
      const observed some = run(test, {.model = memory_model::sc, .search = how, .bound = 100});
      CHECK(some.result.ended == exploration::end::exhausted);
      CHECK(some.graphs == all.graphs);
      CHECK_FALSE(some.proof);
    }
  }
}

TEST_CASE("a larger bound meets what a smaller one meets, and no more than all") {
  for (const litmus& test : programs()) {
    for (const memory_model model : all_models) {
      const observed all = run(test, model);
      for (const search how : bounded_searches) {
        const observed small = run(test, {.model = model, .search = how, .bound = 1});
        const observed large = run(test, {.model = model, .search = how, .bound = 3});
        CHECK(is_subset(small, large));
        CHECK(is_subset(large, all));
      }
    }
  }
}

TEST_CASE("no search but the exhaustive one finds a deadlock that is not there, or misses all") {
  const auto locked = [](mutex shared::* outer, mutex shared::* inner) {
    return [=](shared& s) {
      (s.*outer).lock();
      (s.*inner).lock();
      (s.*inner).unlock();
      (s.*outer).unlock();
    };
  };
  const litmus abba{.tasks = {locked(&shared::m, &shared::n), locked(&shared::n, &shared::m)}};
  const litmus abab{.tasks = {locked(&shared::m, &shared::n), locked(&shared::m, &shared::n)}};
  for (const search how :
       {search::uniform, search::pct, search::pos, search::preemptions, search::switches}) {
    const settings settings{.search = how, .bound = 2, .executions = 1000};
    CHECK(finding_of(run(abba, settings)) == "deadlock");
    CHECK(finding_of(run(abab, settings)) == "nothing");
  }
}

}  // namespace
