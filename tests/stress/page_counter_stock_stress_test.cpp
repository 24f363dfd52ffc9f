// SPDX-License-Identifier: GPL-2.0-only
// A stress run of the real algorithm: what comes back.
#include "stress/page_counter_stock_stress.hpp"

#include "model/atomics/std_atomics.hpp"

#include <doctest/doctest.h>

#include <stdexcept>
#include <thread>
#include <vector>

namespace stockcheck::stress {

namespace {

const std::atomic<bool> never{false};

run_options short_run() {
  run_options how;
  how.threads = 2;
  how.time = std::chrono::milliseconds(150);
  how.quiescent_every = std::chrono::milliseconds(25);
  how.seed = 42;
  return how;
}

double metric(const report::result& result, const std::string& name) {
  for (const report::metric& m : result.metrics)
    if (m.name == name) return m.value;
  FAIL("no metric ", name);
  return 0;
}

}  // namespace

TEST_CASE("the algorithm passes, and the record says what was done") {
  const report::result result = run(short_run(), {}, never);
  CHECK(result.reach == reach::sampled);
  CHECK(result.missing.empty());
  CHECK(!result.finding);
  CHECK(result.scenario == "page_counter_stock/stress");
  CHECK(result.checker == "stress");
  CHECK(result.seed == 42);
  CHECK(result.tasks.size() == 3);
  CHECK(result.executions > 0);
  CHECK(result.guarantee.starts_with("nothing found (2 threads, "));
  CHECK(result.guarantee.find("stopped early") == std::string::npos);
  CHECK(metric(result, "operations") > 0);
  CHECK(metric(result, "charges") > 0);
  CHECK(metric(result, "drains") > 0);
  CHECK(metric(result, "limit changes") > 0);
  CHECK(metric(result, "quiescent points") >= 1);
  CHECK(metric(result, "threads") == 4);
}

TEST_CASE("the workload reaches limits and finds pages in stocks") {
  run_options how = short_run();
  how.limit = 64;
  how.batch = 16;
  const report::result result = run(how, {}, never);
  CHECK(!result.finding);
  CHECK(metric(result, "refused charges") > 0);
  CHECK(metric(result, "stock hit rate") > 0);
}

TEST_CASE("every shape of hierarchy and crew passes") {
  struct shape {
    unsigned threads, drainers, limit_changers, depth, groups;
    std::uint64_t batch, limit, max_charge;
  };
  const std::vector<shape> shapes{
      {1, 0, 0, 1, 1, 64, 0, 8},   // alone
      {2, 1, 1, 1, 3, 64, 0, 8},   // counters without parents
      {2, 1, 2, 8, 1, 64, 0, 8},   // a deep chain
      {8, 2, 3, 3, 4, 4, 32, 16},  // more threads than units, charges above the batch
      {2, 1, 1, 2, 2, 0, 0, 8},    // a stock that is never filled
      {2, 1, 1, 2, 2, 64, 1, 8},   // nothing fits but single pages
      {2, 1, 9, 2, 2, 64, 0, 8},   // more limit changers than counters
  };
  for (const shape& s : shapes) {
    run_options how = short_run();
    how.time = std::chrono::milliseconds(30);
    how.quiescent_every = std::chrono::milliseconds(10);
    how.threads = s.threads;
    how.drainers = s.drainers;
    how.limit_changers = s.limit_changers;
    how.depth = s.depth;
    how.groups = s.groups;
    how.batch = s.batch;
    how.limit = s.limit;
    how.max_charge = s.max_charge;
    CAPTURE(s.threads);
    CAPTURE(s.depth);
    const report::result result = run(how, {}, never);
    CHECK(!result.finding);
    CHECK(result.executions > 0);
  }
}

TEST_CASE("a stop before the time is over gives a result that says so") {
  run_options how = short_run();
  how.time = std::chrono::hours(1);
  std::atomic<bool> stop{false};
  const report::result result = run(how, [&](const run_progress&) { stop.store(true); }, stop);
  CHECK(!result.finding);
  CHECK(result.reach == reach::cut);
  CHECK(result.guarantee.find("of 3600.0 s, stopped early") != std::string::npos);
  CHECK(metric(result, "quiescent points") >= 1);
}

TEST_CASE("a stop before the start still has work to judge") {
  const std::atomic<bool> stop{true};
  const report::result result = run(short_run(), {}, stop);
  CHECK(!result.finding);
  CHECK(result.reach == reach::cut);
  CHECK(result.executions > 0);
  CHECK(metric(result, "quiescent points") == 1);
}

TEST_CASE("progress comes from the calling thread and only grows") {
  run_options how = short_run();
  how.time = std::chrono::hours(1);
  std::atomic<bool> stop{false};
  std::vector<run_progress> seen;
  const auto caller = std::this_thread::get_id();
  const auto note = [&](const run_progress& p) {
    CHECK(std::this_thread::get_id() == caller);
    seen.push_back(p);
    stop.store(seen.size() == 2);
  };
  const report::result result = run(how, note, stop);
  REQUIRE(seen.size() == 2);
  CHECK(seen[1].seconds > seen[0].seconds);
  CHECK(seen[1].operations >= seen[0].operations);
  CHECK(result.executions >= seen[1].operations);
}

TEST_CASE("options that cannot be run are refused before anything starts") {
  run_options how = short_run();
  how.threads = 0;
  CHECK_THROWS_AS(static_cast<void>(run(how, {}, never)), std::invalid_argument);
}

}  // namespace stockcheck::stress
