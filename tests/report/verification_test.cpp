// SPDX-License-Identifier: GPL-2.0-only
#include "report/verification.hpp"

#include "tests/report/golden.hpp"
#include "tests/report/records.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace stockcheck;
using namespace stockcheck::report;

namespace {

/// One scenario for each kind of change.
verification one_of_each_change() {
  verification v{
      .tree = "6.12.117 (/usr/src/linux-source-6.12.tar.xz)",
      .patches = {"mm: charge with less ordering (1.patch)", "mm: tidy up (2.patch)"},
      .notes = {"2.patch: hunk 1 of mm/page_counter.c went to line 7, 2 lines from where "
                "it says, with fuzz 1"},
      .has_fuzz = true,
      .lines = {{"mm/page_counter.c", 12, true, line_state::ran},
                {"mm/page_counter.c", 12, false, line_state::ran},
                {"mm/page_counter.c", 14, false, line_state::never_ran},
                {"mm/page_counter.c", 20, false, line_state::not_compiled}},
      .not_compiled = {"page_counter_set_max() under #ifdef CONFIG_NUMA"},
      .unexercised = {"page_counter_memparse"},
      .memory_models = "RC11",
      .command = "stockcheck verify --linux 6.12 1.patch 2.patch",
      .seconds = 1.5};
  result sound = proven_record();
  sound.scenario = failed_record().scenario;
  result failed = failed_record();
  failed.finding->signature = "overcharge: settled usage above the limit";
  v.before = {sound,          raced_record(),   proven_record(),
              known_record(), skipped_record(), unknown_record()};
  v.after = {failed,         raced_record(),   proven_record(),
             known_record(), skipped_record(), unknown_record()};
  v.after[1].races.clear();
  v.after[1].finding.reset();
  v.after[1].verdict = verdict::pass;
  return v;
}

/// What a patch that proposes something new may show, and one that hides what was wrong.
verification proposal() {
  verification v{.tree = "6.12.117", .patches = {"mm: stocks (1.patch)"}, .memory_models = "RC11"};
  v.command = "stockcheck verify --linux 6.12 1.patch";
  result declared = known_record();
  declared.scenario = "page_counter_stock/above_batch";
  declared.known->declared = true;
  declared.finding->signature = "a";
  result runs_now = proven_record();
  runs_now.scenario = "page_counter_stock/two_cpus";
  result other_end = proven_record();
  other_end.outcomes = {{"root: usage=4 | child: usage=4", 4}};
  result hidden = raced_record();
  hidden.races.clear();
  hidden.finding.reset();
  hidden.verdict = verdict::pass;
  hidden.functions.clear();
  hidden.functions = {"page_counter_try_charge"};
  result raced = raced_record();
  raced.races.front().finding.functions = raced.functions;
  v.before = {skipped_record(), skipped_record(), proven_record(), raced};
  v.after = {declared, runs_now, other_end, hidden};
  result end = proven_record();
  end.finding = finding{.what = other_end.outcomes.front().state,
                        .steps = {{0, "root.usage += 4: 0 -> 4 (fully ordered)", false, {}}}};
  v.witnesses = {{.state = other_end.outcomes.front().state, .is_new = true, .execution = end}};
  return v;
}

}  // namespace

TEST_CASE("a verdict on a patch shows every change and the new counterexample") {
  check_golden("verification.txt", verification_text(one_of_each_change(), style{false}));
}

TEST_CASE("a verdict on a proposal shows what is new, what is hidden and what ends otherwise") {
  check_golden("proposal.txt",
               verification_text(proposal(), style{false}) + "\n----\n\n" + reply_text(proposal()));
}

TEST_CASE("what fails that runs only after a patch outweighs what may be hidden, and both a pass") {
  verification v = proposal();
  CHECK(exit_code_of(v) == exit_code::failure_found);
  v.after[0].finding.reset();
  v.after[0].verdict = verdict::pass;
  v.after[0].proof = "RC11";
  CHECK(exit_code_of(v) == exit_code::stayed_unknown);
  v.after[3] = v.before[3];
  CHECK(exit_code_of(v) == exit_code::passed);
}

TEST_CASE("a reply is plain text for a mailing list") {
  check_golden("reply.txt", reply_text(one_of_each_change()));
}

TEST_CASE("a reply on a patch that breaks nothing says so") {
  verification v = one_of_each_change();
  v.after = v.before;
  const std::string text = reply_text(v);
  CHECK(text.find("Of these no scenario fails that did not fail before.") != std::string::npos);
}

TEST_CASE("a verdict is written as one JSON document") {
  std::ostringstream text;
  write_json(text, one_of_each_change());
  check_golden("verification.json", text.str());
}

TEST_CASE("a new failure outweighs what stayed unknown, and nothing new passes") {
  verification v = one_of_each_change();
  CHECK(exit_code_of(v) == exit_code::failure_found);
  v.after[0] = v.before[0];
  CHECK(exit_code_of(v) == exit_code::stayed_unknown);
  v.before.pop_back();
  v.after.pop_back();
  CHECK(exit_code_of(v) == exit_code::passed);
}

TEST_CASE("a reply claims no search of what stayed unknown or was skipped") {
  verification v = one_of_each_change();
  v.after = v.before;
  const std::string text = reply_text(v);
  CHECK(text.find("It explored 4 scenarios with every execution") != std::string::npos);
  CHECK(text.find("1 scenario stayed unknown: nothing is said about it.") != std::string::npos);

  v.before = {unknown_record(), unknown_record()};
  v.after = v.before;
  const std::string unknown = reply_text(v);
  CHECK(unknown.find("explored") == std::string::npos);
  CHECK(unknown.find("no scenario fails") == std::string::npos);
  CHECK(unknown.find("2 scenarios stayed unknown") != std::string::npos);
}

TEST_CASE("a verification in which everything was skipped has said nothing, and not passed") {
  verification v = one_of_each_change();
  v.before = {skipped_record()};
  v.after = v.before;
  CHECK(exit_code_of(v) == exit_code::stayed_unknown);
  const std::string reply = reply_text(v);
  CHECK(reply.find("No scenario ran") != std::string::npos);
  CHECK(reply.find("fails") == std::string::npos);
  CHECK(verification_text(v, style{false}).find("No scenario ran") != std::string::npos);
}

TEST_CASE("what a patch takes away from a scenario leaves the verdict unknown, and says what") {
  verification v = one_of_each_change();
  v.before = {proven_record()};
  v.after = {skipped_record()};
  CHECK(exit_code_of(v) == exit_code::stayed_unknown);
  CHECK(verification_text(v, style{false})
            .find("it ran before the patch; now this kernel has no page_counter_alloc_stock()") !=
        std::string::npos);
}

TEST_CASE("what is found where it is unknown what was before is shown, and no pass") {
  verification v = one_of_each_change();
  v.before = {unknown_record()};
  v.after = {failed_record()};
  CHECK(exit_code_of(v) == exit_code::stayed_unknown);
  for (const std::string& text : {verification_text(v, style{false}), reply_text(v)}) {
    CHECK(text.find("overcharge: settled usage above the limit") != std::string::npos);
    CHECK(text.find("xchg root.max: 10 -> 2") != std::string::npos);
    CHECK(text.find("unknown") != std::string::npos);
  }
}

TEST_CASE("what was not checked comes first and is no pass") {
  verification v = one_of_each_change();
  v.before = {proven_record()};
  v.after = v.before;
  CHECK(exit_code_of(v) == exit_code::passed);
  v.not_checked = {
      "mm/memcontrol.c was not checked: the shim lacks numa_node_id, used by "
      "mm/memcontrol.c"};
  CHECK(exit_code_of(v) == exit_code::stayed_unknown);
  CHECK(verification_text(v, style{false}).starts_with(v.not_checked.front() + "\n"));
  CHECK(reply_text(v).starts_with(
      "mm/memcontrol.c was not checked: the shim lacks numa_node_id, used by\nmm/memcontrol.c.\n"));
  v.after = {failed_record()};
  CHECK(exit_code_of(v) == exit_code::failure_found);
}

TEST_CASE("patches that change no code are said to, and pass without a run") {
  verification v = one_of_each_change();
  v.before.clear();
  v.after.clear();
  v.nothing_to_check = "Nothing was run: the patches change no code";
  CHECK(exit_code_of(v) == exit_code::passed);
  CHECK(verification_text(v, style{false}).starts_with(v.nothing_to_check + "\n"));
  const std::string reply = reply_text(v);
  CHECK(reply.starts_with(v.nothing_to_check + ".\n"));
  CHECK(reply.find("compiled") == std::string::npos);
  CHECK(reply.find("explored") == std::string::npos);
}

TEST_CASE("a reply says of compiling what was compiled and no more") {
  verification v = one_of_each_change();
  v.compiled = "It compiled the kernel's own mm/page_counter.c, and nothing else.";
  CHECK(reply_text(v).find("It compiled the kernel's own mm/page_counter.c, and nothing else.\n") !=
        std::string::npos);
  v.compiled.clear();
  CHECK(reply_text(v).find("It compiled") == std::string::npos);
}
