// SPDX-License-Identifier: GPL-2.0-only
// Each oracle of a stress run catches the defect that breaks it.
#include "model/atomics/std_atomics.hpp"
#include "stress/stress_run.hpp"
#include "tests/stress/broken_stock.hpp"

#include <doctest/doctest.h>

#include <optional>

namespace stockcheck::stress {

namespace {

run_options two_threads_for(std::chrono::duration<double> time) {
  run_options how;
  how.threads = 2;
  how.time = time;
  how.quiescent_every = std::chrono::milliseconds(20);
  return how;
}

template <defect Defect>
report::result run_with(const run_options& how) {
  const std::atomic<bool> never{false};
  return stress_run<subject_with<Defect>>(how, topology::of_this_machine()).run({}, never);
}

/// Runs without drainers and limit changers where they would only hide what is to be seen.
run_options chargers_alone() {
  run_options how = two_threads_for(std::chrono::seconds(2));
  how.drainers = 0;
  how.limit_changers = 0;
  return how;
}

double metric(const report::result& result, const std::string& name) {
  for (const report::metric& m : result.metrics)
    if (m.name == name) return m.value;
  FAIL("no metric ", name);
  return 0;
}

}  // namespace

TEST_CASE("a stock without a defect passes") {
  const report::result result =
      run_with<defect::none>(two_threads_for(std::chrono::milliseconds(100)));
  CHECK(result.reach == reach::sampled);
  CHECK(!result.finding);
}

TEST_CASE("a page that a refill forgets breaks conservation at the first quiescent point") {
  const report::result result = run_with<defect::refill_forgets_a_page>(chargers_alone());
  REQUIRE(result.finding);
  CHECK(result.finding->kind == oracle::conservation);
  CHECK(metric(result, "quiescent points") == 1);
  const auto& numbers = result.finding->numbers;
  REQUIRE(numbers.size() == 3);
  CHECK(numbers[0].value > numbers[1].value + numbers[2].value);
  CHECK(result.guarantee.starts_with("stopped by a finding (2 threads, "));
}

TEST_CASE("a stock with more than a batch breaks the stock bound at the first quiescent point") {
  run_options how = chargers_alone();
  // No run is long enough to use up a batch: what is in the stock leaves nothing to chance.
  how.batch = 1'000'000'000;
  how.limit = 1'000'000'000'000;
  how.max_charge = 1;
  how.quiescent_every = std::chrono::milliseconds(1);
  const report::result result = run_with<defect::batch_is_charged_twice>(how);
  REQUIRE(result.finding);
  CHECK(result.finding->kind == oracle::stock_bound);
  CHECK(metric(result, "quiescent points") == 1);
}

TEST_CASE("charges that ignore the limit are an overcharge") {
  run_options how = chargers_alone();
  how.limit = 1;  // below a batch: every charge is exact, and most are more than that
  const report::result result = run_with<defect::limit_is_ignored>(how);
  REQUIRE(result.finding);
  CHECK(result.finding->kind == oracle::overcharge);
}

TEST_CASE("a drain that uncharges too much is an underflow, found in the thread that drains") {
  run_options how = chargers_alone();
  how.drainers = 1;
  const report::result result = run_with<defect::too_much_is_uncharged>(how);
  REQUIRE(result.finding);
  CHECK(result.finding->kind == oracle::underflow);
  CHECK(result.finding->what == "page_counter underflow");
  CHECK(result.finding->at.file.ends_with("page_counter.hpp"));
}

TEST_CASE("pages that stay charged when the stock is freed are a leak") {
  run_options how = chargers_alone();
  how.time = std::chrono::milliseconds(50);
  const report::result result = run_with<defect::free_does_not_drain>(how);
  REQUIRE(result.finding);
  CHECK(result.finding->kind == oracle::leak);
}

TEST_CASE("a drain that loads and then stores is caught by some round of many") {
  run_options how = two_threads_for(std::chrono::seconds(20));
  how.quiescent_every = std::chrono::milliseconds(5);
  how.pause = std::chrono::microseconds(0);
  const report::result result = run_with<defect::drain_loads_then_stores>(how);
  REQUIRE(result.finding);
  // Which oracle sees it first depends on who came between the load and the store.
  const oracle kind = result.finding->kind;
  CHECK((kind == oracle::conservation || kind == oracle::underflow));
}

}  // namespace stockcheck::stress
