// SPDX-License-Identifier: GPL-2.0-only
// The words and numbers of a stress run's record.
#include "stress/run_record.hpp"

#include "report/finding_of.hpp"

#include <doctest/doctest.h>

#include <source_location>

namespace stockcheck::stress {

namespace {

run_options four_threads() {
  run_options how;
  how.threads = 4;
  how.drainers = 0;
  how.limit_changers = 0;
  return how;
}

run_numbers five_seconds() {
  run_numbers numbers;
  numbers.seconds = 5;
  numbers.pinned = 4;
  numbers.quiescent_points = 25;
  numbers.operations = 1000;
  numbers.charges = 400;
  numbers.hits = 100;
  return numbers;
}

}  // namespace

TEST_CASE("a record says how much was run") {
  const report::result result = make_record(four_threads(), five_seconds(), std::nullopt);
  CHECK(result.reach == reach::sampled);
  CHECK(result.guarantee == "nothing found (4 threads, 5.0 s, 25 quiescent points)");
  CHECK(result.metrics[0] == report::metric{"operations", 200, "1/s"});
  CHECK(result.metrics[3] == report::metric{"stock hit rate", 25, "%"});
}

TEST_CASE("a run that was stopped says how much was left") {
  run_numbers numbers = five_seconds();
  numbers.seconds = 1.25;
  numbers.stopped_early = true;
  numbers.quiescent_points = 1;
  const report::result result = make_record(four_threads(), numbers, std::nullopt);
  CHECK(result.reach == reach::cut);
  CHECK(result.guarantee ==
        "nothing found (4 threads, 1.2 s of 5.0 s, stopped early, 1 quiescent point)");
}

TEST_CASE("threads that are not bound to a processing unit are told") {
  run_numbers numbers = five_seconds();
  numbers.pinned = 1;
  const report::result result = make_record(four_threads(), numbers, std::nullopt);
  CHECK(result.guarantee ==
        "nothing found (4 threads, 5.0 s, 25 quiescent points, 3 of 4 threads not pinned)");
}

TEST_CASE("what was to happen beside the charges and did not is missing") {
  run_options how = four_threads();
  run_numbers numbers = five_seconds();
  CHECK(make_record(how, numbers, std::nullopt).missing.empty());
  how.drainers = 1;
  CHECK(make_record(how, numbers, std::nullopt).missing == "nothing was drained");
  numbers.drains = 1;
  how.limit_changers = 2;
  CHECK(make_record(how, numbers, std::nullopt).missing == "no limit was changed");
  numbers.limit_changes = 1;
  CHECK(make_record(how, numbers, std::nullopt).missing.empty());
  numbers.quiescent_points = 0;
  CHECK(make_record(how, numbers, std::nullopt).missing == "the books were never compared");
}

TEST_CASE("a run without a charge has a hit rate of 0") {
  const report::result result = make_record(four_threads(), run_numbers{}, std::nullopt);
  CHECK(result.metrics[3].value == 0);
}

TEST_CASE("a finding keeps its numbers and place") {
  const auto here = std::source_location::current();
  const failed_expectation failed{
      oracle::underflow, "page_counter underflow", {{"usage", -2}}, here};
  const report::result result =
      make_record(four_threads(), five_seconds(), report::finding_of(failed));
  REQUIRE(result.finding);
  CHECK(result.finding->kind == oracle::underflow);
  CHECK(result.finding->numbers == std::vector<report::number>{{"usage", -2}});
  CHECK(result.finding->at.line == here.line());
}

}  // namespace stockcheck::stress
