#include "report/comparison.hpp"

#include "tests/report/records.hpp"

#include <doctest/doctest.h>

using namespace stockcheck::report;

namespace {

change change_of(const result& before, const result& after) {
  return compare({&before, 1}, {&after, 1}).front().change;
}

result failed_with(const std::string& signature) {
  result failed = failed_record();
  failed.finding->signature = signature;
  return failed;
}

}  // namespace

TEST_CASE("what is found after a patch alone is newly failing") {
  CHECK(change_of(proven_record(), failed_with("a")) == change::newly_failing);
  CHECK(change_of(failed_with("a"), failed_with("b")) == change::newly_failing);
  CHECK(change_of(known_record(), failed_with("a")) == change::newly_failing);
}

TEST_CASE("what is found before a patch alone is newly passing") {
  const result before = failed_with("a");
  const result after = proven_record();
  const compared c = compare({&before, 1}, {&after, 1}).front();
  CHECK(c.change == change::newly_passing);
  CHECK(c.gone == std::vector<std::string>{"a"});
}

TEST_CASE("the same findings, or none, are no change") {
  CHECK(change_of(failed_with("a"), failed_with("a")) == change::still_failing);
  CHECK(change_of(raced_record(), raced_record()) == change::still_failing);
  CHECK(change_of(proven_record(), proven_record()) == change::unchanged);
}

TEST_CASE("a known property that was passed over was found, too") {
  result both = failed_with("behind");
  both.passed_over = known_record().finding;
  CHECK(change_of(known_record(), both) == change::newly_failing);
  CHECK(change_of(both, both) == change::still_failing);
  CHECK(change_of(both, known_record()) == change::newly_passing);
  const result after = known_record();
  CHECK(compare({&both, 1}, {&after, 1}).front().gone == std::vector<std::string>{"behind"});
}

TEST_CASE("a race that a patch adds is newly failing, and one that it removes newly passing") {
  result marked = raced_record();
  marked.verdict = verdict::pass;
  marked.finding.reset();
  marked.races.clear();
  CHECK(change_of(marked, raced_record()) == change::newly_failing);
  CHECK(change_of(raced_record(), marked) == change::newly_passing);
}

TEST_CASE("a known property of what only the patched kernel has is no news, and a failure is") {
  result known = known_record();
  known.finding->signature = "a";
  CHECK(change_of(skipped_record(), known) == change::still_failing);
  CHECK(change_of(skipped_record(), failed_with("a")) == change::newly_failing);
}

TEST_CASE("a known property that is no longer found is newly passing") {
  result known = known_record();
  known.finding->signature = "a";
  result lost = proven_record();
  lost.verdict = verdict::fail;
  CHECK(change_of(known, lost) == change::newly_passing);
}

TEST_CASE("a search that did not reach its end says nothing about a patch") {
  CHECK(change_of(proven_record(), passed_record()) == change::unknown);
  CHECK(change_of(passed_record(), proven_record()) == change::unknown);
}

TEST_CASE("what stayed unknown on one side is unknown, and never no change") {
  CHECK(change_of(proven_record(), unknown_record()) == change::unknown);
  CHECK(change_of(unknown_record(), proven_record()) == change::unknown);
}

TEST_CASE("what ran before a patch and is skipped after it is unknown") {
  CHECK(change_of(proven_record(), skipped_record()) == change::unknown);
  CHECK(change_of(failed_with("a"), skipped_record()) == change::unknown);
  CHECK(change_of(skipped_record(), skipped_record()) == change::skipped);
}

TEST_CASE("what could not be checked after a patch is unchecked, and unknown if it was so before") {
  CHECK(change_of(proven_record(), unchecked_record()) == change::unchecked);
  CHECK(change_of(unchecked_record(), unchecked_record()) == change::unchecked);
  CHECK(change_of(skipped_record(), unchecked_record()) == change::unchecked);
  CHECK(change_of(unchecked_record(), proven_record()) == change::unknown);
}

TEST_CASE("what is found after a patch stays, if it is unknown what was before") {
  const result before = unknown_record();
  const result after = failed_with("a");
  const compared c = compare({&before, 1}, {&after, 1}).front();
  CHECK(c.change == change::unknown);
  REQUIRE(c.news.size() == 1);
  CHECK(c.news.front().signature == "a");
}

TEST_CASE("a new race is newly failing, although the search did not reach its end") {
  result after = raced_record();
  after.verdict = verdict::unknown;
  after.finding.reset();
  CHECK(change_of(proven_record(), after) == change::newly_failing);
  CHECK(change_of(raced_record(), after) == change::unknown);
}
