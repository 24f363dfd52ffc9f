// SPDX-License-Identifier: GPL-2.0-only
#include "report/comparison.hpp"

#include "report/twins.hpp"

#include "tests/report/records.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace stockcheck;
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

TEST_CASE("what only the patched kernel has is new, and what is found in it fails, known or not") {
  result known = known_record();
  known.finding->signature = "a";
  CHECK(change_of(skipped_record(), proven_record()) == change::new_alone);
  CHECK(change_of(skipped_record(), failed_with("a")) == change::new_failing);
  CHECK(change_of(skipped_record(), known) == change::new_failing);
  CHECK(change_of(skipped_record(), passed_record()) == change::unknown);
}

TEST_CASE("what the kernel was known for is no news in what only the patched kernel has") {
  const result found = failed_with("a");
  result elsewhere = known_record();
  elsewhere.finding->signature = "a";
  for (const bool declared : {false, true}) {
    // That another scenario breaks a promise on purpose says nothing about this one.
    elsewhere.known->declared = declared;
    const std::vector before{skipped_record(), elsewhere};
    const std::vector after{found, elsewhere};
    CHECK(compare(before, after).front().change ==
          (declared ? change::new_failing : change::new_alone));
  }
}

TEST_CASE("a race for which a release is known is no news there, one that a scenario declares is") {
  result raced = raced_record();
  CHECK(change_of(skipped_record(), raced) == change::new_alone);
  raced.known->declared = true;
  raced.races.front().known = raced.known;
  CHECK(change_of(skipped_record(), raced) == change::new_failing);
}

TEST_CASE("a scenario that runs on one side alone is compared with its twin of the other family") {
  result before = failed_with("a");
  before.scenario = "obj_stock/isolation";
  result after = before;
  after.scenario = "multi_obj_stock/isolation";
  result neither = skipped_record();
  neither.scenario = before.scenario;
  result not_yet = skipped_record();
  not_yet.scenario = after.scenario;
  const std::vector one{before, not_yet};
  const std::vector other{neither, after};
  const std::vector same = compare(one, other);
  CHECK(same[0].change == change::skipped);
  CHECK(same[0].why.find("compared with multi_obj_stock") != std::string::npos);
  CHECK(same[1].change == change::still_failing);
  CHECK(same[1].before->scenario == "obj_stock/isolation");
  CHECK(compare(other, one)[0].change == change::still_failing);
}

TEST_CASE("scenarios are twins if they ask stocks with one slot and with several for the same") {
  CHECK(are_twins("one_slot_stock/isolation", "seven_slot_stock/isolation"));
  CHECK(are_twins("multi_obj_stock/moved", "obj_stock/moved"));
  CHECK_FALSE(are_twins("multi_obj_stock/moved", "obj_stock/isolation"));
  CHECK_FALSE(are_twins("one_slot_stock/isolation", "obj_stock/isolation"));
  CHECK_FALSE(are_twins("obj_stock/moved", "obj_stock/moved"));
}

TEST_CASE("final states that only one side reaches are told, and are no failure") {
  const result before = proven_record();
  result after = proven_record();
  after.outcomes = {{"root: usage=4 | child: usage=4", 4}};
  const compared c = compare({&before, 1}, {&after, 1}).front();
  CHECK(c.change == change::unchanged);
  CHECK(c.states.added == std::vector<std::string>{"root: usage=4 | child: usage=4"});
  CHECK(c.states.gone == std::vector<std::string>{"root: usage=3 | child: usage=3"});
  after.proof.clear();
  CHECK(compare({&before, 1}, {&after, 1}).front().states.empty());
}

TEST_CASE("what is found no more is no praise if final states changed with it") {
  const result before = raced_record();
  result after = raced_record();
  after.races.clear();
  after.finding.reset();
  after.verdict = verdict::pass;
  CHECK(change_of(before, after) == change::newly_passing);
  after.outcomes = {};
  const compared c = compare({&before, 1}, {&after, 1}).front();
  CHECK(c.change == change::found_no_more);
  CHECK(c.why == "final states changed: 0 new, 1 gone");
}

TEST_CASE("final states of what was wrong may change when it is mended") {
  result before = known_record();
  before.proof = "RC11";
  before.known_findings = {{*before.finding, *before.known}};
  before.known_executions = 2;
  before.outcomes = {{.state = "wrong", .count = 2, .known = 2}, {.state = "right", .count = 3}};
  result after = before;
  after.verdict = verdict::pass;
  after.finding.reset();
  after.known_findings.clear();
  after.known_executions = 0;
  after.outcomes = {{.state = "mended", .count = 2}, {.state = "right", .count = 3}};
  CHECK(change_of(before, after) == change::newly_passing);
  before.races = raced_record().races;
  CHECK(change_of(before, after) == change::found_no_more);
  before.races.clear();
  after.outcomes = {{.state = "mended", .count = 5}};
  CHECK(change_of(before, after) == change::found_no_more);
}

TEST_CASE("what is found no more is no praise if a function that it was about does not run now") {
  result before = raced_record();
  before.races.front().finding.functions = {"page_counter_set_max", "page_counter_try_charge"};
  result after = raced_record();
  after.races.clear();
  after.finding.reset();
  after.verdict = verdict::pass;
  CHECK(change_of(before, after) == change::newly_passing);
  after.functions = {"page_counter_try_charge"};
  const compared c = compare({&before, 1}, {&after, 1}).front();
  CHECK(c.change == change::found_no_more);
  CHECK(c.why == "page_counter_set_max() does not run any more");
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
