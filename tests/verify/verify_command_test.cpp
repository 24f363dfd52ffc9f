// SPDX-License-Identifier: GPL-2.0-only
// stockcheck verify and compare, as a user runs them, on the kernels that are installed.
#include "tests/verify/kernel_workshop.hpp"
#include "tests/verify/within_budget.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <set>

using namespace stockcheck::tests;

namespace {

void fails_with(const outcome& result, const std::string& message) {
  CAPTURE(result.text);
  CHECK(result.exit_code == 2);
  CHECK(contains(result.text, message));
  CHECK(result.text.starts_with("stockcheck: "));
}

const std::string in_try_charge = "/^bool page_counter_try_charge/,/^}/ ";
const std::string one_scenario = " --scenario page_counter/last_page";

std::string lower(std::string name) {
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
  return name;
}

/// Changes the tree itself: what is checked is another kernel.
void change(const kernel_workshop& shop, const std::string& file, const std::string& script) {
  const outcome applied =
      run_line("cd " + shop.tree() + " && patch -s -p1 < " + shop.sed(file, script));
  CAPTURE(applied.text);
  REQUIRE(applied.exit_code == 0);
}

}  // namespace

TEST_CASE("kernels as they stand have known properties and no failures under any memory model") {
  for (const char* version : {"6.1", "6.12"})
    for (const char* model : {"SC", "TSO", "RC11"}) {
      CAPTURE(version);
      CAPTURE(model);
      // The weakest model has all executions; of the others a part must do.
      const bool whole = model == std::string("RC11");
      const outcome result =
          run(std::string("verify --linux ") + version + " --memory-model " + lower(model) +
              " --json -" + (whole ? "" : " --scenario page_counter,one_slot_stock,charge_path"));
      CAPTURE(result.text);
      CHECK(result.exit_code == 0);
      const auto record = nlohmann::json::parse(result.text.substr(result.text.find('{')));
      std::set<std::string> verdicts;
      for (const auto& r : record.at("results")) {
        verdicts.insert(r.at("verdict"));
        if (r.at("verdict") == "PASS") CHECK(r.at("proof") == model);
        // A release may mend what it was known for. These have not, or the catalogue is to be
        // changed.
        CHECK_FALSE(r.at("guarantee").get<std::string>().starts_with("no longer found"));
        stays_within_budget(r);
      }
      CHECK(verdicts == std::set<std::string>{"KNOWN", "PASS", "SKIPPED"});
    }
}

TEST_CASE("the model and kernels as they stand reach the same final states") {
  struct compared {
    const char* version;
    const char* model;
    const char* scenarios;
  };
  for (const auto& [version, model, scenarios] :
       {compared{"6.1", "rc11", ""}, compared{"6.12", "rc11", ""},
        compared{"6.1", "sc", " page_counter charge_path"},
        compared{"6.12", "sc", " page_counter one_slot_stock"}}) {
    CAPTURE(version);
    CAPTURE(model);
    const outcome result =
        run(std::string("compare --linux ") + version + " --memory-model " + model + scenarios);
    CAPTURE(result.text);
    CHECK(result.exit_code == 0);
    CHECK(contains(result.text, "final states under"));
    CHECK(result.text.find(std::string("tree  ") + version) != std::string::npos);
  }
}

TEST_CASE("several memory models are compared one after the other") {
  const outcome result =
      run("compare --linux 6.12 --memory-model all page_counter/set_max_against_try_charge");
  CAPTURE(result.text);
  CHECK(result.exit_code == 0);
  CHECK(contains(result.text, "PASS (exhaustive, SC, TSO, RC11)"));
  for (const char* model : {"SC", "TSO", "RC11"})
    CHECK(contains(result.text, std::string("states under ") + model + ";"));
}

TEST_CASE("where the kernel reaches a state that the model does not, compare shows how") {
  const kernel_workshop shop("6.12");
  change(shop, "mm/page_counter.c", in_try_charge + "s/new > c->max/new > c->max + 1/");
  const std::string compare = "compare --linux " + shop.tree();
  const outcome result = run(compare + " --memory-model tso page_counter/lost_failcnt");
  CAPTURE(result.text);
  CHECK(result.exit_code == 1);
  CHECK(contains(result.text, "only the kernel's code"));
  CHECK(contains(result.text, "again: stockcheck " + compare +
                                  " --memory-model tso 'page_counter/lost_failcnt'"));
}

TEST_CASE("a new failure is shown with its counterexample and the command that finds it again") {
  const kernel_workshop shop("6.12");
  const std::string patch =
      shop.patch("kernel/wrong/counter_relaxed_charge.sed") + " --scenario page_counter";
  const outcome table = shop.verify(patch);
  CAPTURE(table.text);
  CHECK(table.exit_code == 1);
  CHECK(contains(table.text, "newly failing  page_counter/set_max_against_try_charge"));
  CHECK(contains(table.text, "STALE"));
  CHECK(contains(table.text, "page_counter.c:"));

  const std::string again = "again: stockcheck ";
  const std::size_t begin = table.text.find(again) + again.size();
  const outcome replayed = run(table.text.substr(begin, table.text.find('\n', begin) - begin));
  CAPTURE(replayed.text);
  CHECK(replayed.exit_code == 1);
  CHECK(contains(replayed.text, "1 newly failing"));

  const outcome reply = shop.verify(patch + " --reply");
  CAPTURE(reply.text);
  CHECK(reply.exit_code == 1);
  CHECK(contains(reply.text, "stockcheck looked at"));
  CHECK(contains(reply.text, "overcharge: settled usage above the limit"));
}

TEST_CASE("what a patch mends is told, and what no scenario runs") {
  const kernel_workshop shop("6.12");
  const outcome mended = shop.verify(shop.patch("kernel/right/counter_max_marked.sed") +
                                     " --scenario page_counter,charge_path/limit_lowered");
  CAPTURE(mended.text);
  CHECK(mended.exit_code == 0);
  CHECK(contains(mended.text, "newly passing  page_counter/set_max_against_try_charge"));

  const outcome unseen = shop.verify(shop.sed("mm/page_counter.c",
                                              "/^int page_counter_memparse/,/^}/ s/u64 bytes;/"
                                              "unsigned long long bytes;/") +
                                     " --scenario page_counter");
  CAPTURE(unseen.text);
  CHECK(unseen.exit_code == 3);
  CHECK(contains(unseen.text, "not exercised  page_counter_memparse()"));
  CHECK(contains(unseen.text, "mm/page_counter.c was not checked: no scenario"));
}

TEST_CASE("inline functions of a header are verified where a kernel charges slabs by them") {
  const kernel_workshop inlined("6.1");
  const outcome seen = inlined.verify(inlined.patch("kernel/right/slab_mark_cleared_last.sed") +
                                      " --scenario slab_charge/refused_at_once");
  CAPTURE(seen.text);
  CHECK(seen.exit_code == 0);
  CHECK(contains(seen.text, "unchanged"));
  CHECK_FALSE(contains(seen.text, "not exercised"));

  // Here the shim has a function of that name in its place.
  const kernel_workshop called("6.12");
  const outcome unseen =
      called.verify(called.sed("mm/slab.h",
                               "/slab_obj_exts(struct slab/,/^}/ s/READ_ONCE(slab->obj_exts)/"
                               "slab->obj_exts/") +
                    " --scenario slab_charge/refused_at_once");
  CAPTURE(unseen.text);
  CHECK(unseen.exit_code == 3);
  CHECK(unseen.text.starts_with("slab_obj_exts() of mm/slab.h was not checked: "));
  CHECK(contains(unseen.text, "nothing that is checked differs"));
  CHECK(contains(unseen.text, "not exercised  slab_obj_exts()"));
}

TEST_CASE("a patch that crashes or never ends is a verdict") {
  const kernel_workshop shop("6.12");
  const outcome crash = shop.verify(
      shop.sed("mm/page_counter.c", in_try_charge + "s/return true;/*(volatile int *)0 = 1; return "
                                                    "true;/") +
      one_scenario);
  CAPTURE(crash.text);
  CHECK(crash.exit_code == 1);
  CHECK(contains(crash.text, "memory: crash: access of address 0, where there is no memory"));
  CHECK(contains(crash.text, "again: stockcheck verify"));

  const outcome loop = shop.verify(
      shop.sed("mm/page_counter.c", in_try_charge + "s/return true;/for (;;) __asm__(\"\");/") +
      one_scenario + " --time 600");
  CAPTURE(loop.text);
  CHECK(loop.exit_code == 1);
  CHECK(contains(loop.text, "does not come to an end"));
}

TEST_CASE("what cannot be verified is one clear error, and nothing is left behind") {
  const kernel_workshop shop("6.12");
  fails_with(shop.verify(shop.at("missing.patch")), "missing.patch");
  fails_with(shop.verify(shop.write("broken.patch",
                                    "--- a/mm/page_counter.c\n+++ b/mm/"
                                    "page_counter.c\n@@ -1,9 +1,9 @@\n one line\n")),
             "broken.patch");
  fails_with(shop.verify(shop.write("elsewhere.patch",
                                    "--- a/../../etc/passwd\n+++ b/../../etc/"
                                    "passwd\n@@ -1 +1 @@\n-a\n+b\n")),
             "elsewhere.patch");
  fails_with(run("verify --linux " + shop.at("nowhere")), "nowhere");
  fails_with(run("verify --linux " + shop.tmp()), "page_counter.c");
  fails_with(
      shop.verify(shop.sed("mm/page_counter.c", in_try_charge + "s/return true;/return true/")),
      "error: expected");
  fails_with(shop.verify(shop.sed("mm/memcontrol.c",
                                  "/^static bool consume_stock/,/^}/ s/return ret;/return ret/")),
             "with the patches mm/memcontrol.c cannot be compiled: ");
  fails_with(shop.verify("", "CC=no-such-compiler"), "there is no C compiler");
}

TEST_CASE("a missing function of the kernel and a missing name of the shim are told apart") {
  const kernel_workshop shop("6.12");
  for (const auto& [script, message] :
       {std::pair{std::string("s/^void page_counter_cancel/static void page_counter_cancelled/"),
                  "mm/page_counter.c was not checked: mm/page_counter.c has no "
                  "page_counter_cancel, which scenarios call"},
        {in_try_charge + "s/return true;/return frobnicate(c);/",
         "mm/page_counter.c was not checked: the shim lacks frobnicate, used by "
         "mm/page_counter.c"}}) {
    const outcome result = shop.verify(shop.sed("mm/page_counter.c", script) + one_scenario);
    CAPTURE(result.text);
    CHECK(result.exit_code == 3);
    CHECK(result.text.starts_with(message));
    CHECK(contains(result.text, "1 unchecked"));
  }
}

TEST_CASE("a series is judged as a whole, and with --each patch by patch") {
  const std::string file = "mm/page_counter.c";
  const std::string in_cancel = "/^void page_counter_cancel/,/^}/ ";
  const kernel_workshop shop("6.12");
  const auto series = [&](const std::string& worse, const std::string& better) {
    const kernel_workshop worsened("6.12");
    change(worsened, file, in_cancel + worse);
    std::filesystem::rename(shop.sed(file, in_cancel + worse), shop.at("1.patch"));
    std::filesystem::copy(worsened.sed(file, in_cancel + better), shop.at("2.patch"),
                          std::filesystem::copy_options::overwrite_existing);
    return shop.at("1.patch") + " " + shop.at("2.patch") +
           " --scenario page_counter/charge_uncharge,page_counter/charge_charge";
  };
  const std::string breaks =
      series("s/(nr_pages, /(nr_pages - 1, /", "s/(nr_pages - 1, /(0 + nr_pages, /");
  const outcome whole = shop.verify(breaks);
  CAPTURE(whole.text);
  CHECK(whole.exit_code == 0);
  CHECK(contains(whole.text, "after patch 1 of 2 (" + shop.at("1.patch") +
                                 ") this fails: page_counter/charge_charge: conservation: "));
  const outcome each = shop.verify(breaks + " --each");
  CAPTURE(each.text);
  CHECK(each.exit_code == 1);
  CHECK(each.text.starts_with(" 1 of 2  newly failing"));
  CHECK(contains(each.text, " 2 of 2  passes"));
  CHECK(contains(each.text, "newly passing  page_counter/charge_uncharge"));
  const outcome as_json = shop.verify(breaks + " --each --json -");
  const auto json = nlohmann::json::parse(as_json.text.substr(as_json.text.find('{')));
  CHECK(json.at("exit_code") == 1);
  REQUIRE(json.at("each").size() == 2);
  CHECK(json.at("each")[1].at("exit_code") == 0);

  const std::string no_code =
      series("s/(nr_pages, /(nr_pages; /", "s/(nr_pages; /(0 + nr_pages, /");
  const outcome compiled = shop.verify(no_code);
  CAPTURE(compiled.text);
  CHECK(compiled.exit_code == 0);
  CHECK(contains(compiled.text,
                 "after patch 1 of 2 (" + shop.at("1.patch") + ") it does not compile"));
  const outcome of_each = shop.verify(no_code + " --each");
  CAPTURE(of_each.text);
  CHECK(of_each.exit_code == 2);
  CHECK(of_each.text.starts_with(" 1 of 2  no code"));
}

TEST_CASE("what is known of one kernel is a failure of another") {
  const kernel_workshop shop("6.12");
  const std::string scenario = " --scenario obj_stock/dead_cpu";
  CHECK(shop.verify(scenario).exit_code == 0);
  change(shop, "mm/memcontrol.c",
         "/memcg_hotplug_cpu_dead(unsigned/,/^}/ s/= drain_obj_stock(.*)/= NULL/");
  const outcome forgets = shop.verify(scenario);
  CAPTURE(forgets.text);
  CHECK(forgets.exit_code == 1);
  CHECK(contains(forgets.text, "leak: the stock of an offline CPU keeps bytes"));
  const outcome older = run("verify --linux 6.1" + scenario);
  CAPTURE(older.text);
  CHECK(older.exit_code == 0);
  CHECK(contains(older.text, "(known: dead-cpu-keeps-objects: "));
}

TEST_CASE("behind a known property of a kernel another one of the same oracle is found") {
  const kernel_workshop shop("6.12");
  const std::string scenario = "page_counter/uncharged_twice";
  const std::string compare = "compare --linux " + shop.tree() + " " + scenario;
  for (const std::string& command :
       {"verify --linux " + shop.tree() + " --scenario " + scenario, compare,
        "stress --rounds 50 --linux " + shop.tree() + " " + scenario}) {
    CAPTURE(command);
    CHECK(run(command).exit_code == 0);
  }
  // It stays below 0, behind the warning that says so.
  change(shop, "mm/page_counter.c",
         "/^void page_counter_cancel/,/^}/ {\n/new = 0;/d\n/atomic_long_set/d\n}");
  for (const std::string& command :
       {"verify --linux " + shop.tree() + " --scenario " + scenario, compare,
        "stress --rounds 50 --linux " + shop.tree() + " " + scenario}) {
    CAPTURE(command);
    const outcome wrong = run(command);
    CAPTURE(wrong.text);
    CHECK(wrong.exit_code == 1);
    CHECK(contains(wrong.text, "usage below zero"));
  }
}

TEST_CASE("where the model and one kernel may differ another must not") {
  const kernel_workshop shop("6.12");
  change(shop, "mm/memcontrol.c", "s/!cpu_is_isolated(cpu)/true/");
  const outcome drains_all = run("compare --linux " + shop.tree() + " obj_stock/isolation");
  CAPTURE(drains_all.text);
  CHECK(drains_all.exit_code == 1);
  const outcome older = run("compare --linux 6.1 obj_stock/isolation");
  CAPTURE(older.text);
  CHECK(older.exit_code == 0);
  CHECK(contains(older.text, "(known: isolated-cpu-drained: "));
}

TEST_CASE("a patch after which a scenario cannot run is no pass") {
  const kernel_workshop shop("6.12");
  const outcome result =
      shop.verify(shop.sed("mm/memcontrol.c",
                           "/^static bool consume_stock/,/^}/ s/bool ret = false;/"
                           "bool ret = false; schedule_work(NULL);/") +
                  " --scenario one_slot_stock/two_cpus --scenario page_counter_stock/two_cpus");
  CAPTURE(result.text);
  CHECK(result.exit_code == 3);
  CHECK(contains(result.text,
                 "unchecked      one_slot_stock/two_cpus: it ran before the patch; now it could "
                 "not be checked: the shim has no schedule_work()"));
  CHECK(contains(result.text, "1 skipped, 1 unchecked"));
}

TEST_CASE("if all scenarios are skipped nothing has passed") {
  const kernel_workshop shop("6.12");
  const std::string scenario = " --scenario page_counter_stock/two_cpus";
  for (const std::string& patch :
       {std::string(),
        shop.sed("mm/page_counter.c", in_try_charge + "s/return true;/return 1;/")}) {
    const outcome result = shop.verify(patch + scenario);
    CAPTURE(result.text);
    CHECK(result.exit_code == 3);
    CHECK(contains(result.text, "No scenario ran: nothing can be said."));
  }
}

TEST_CASE("the command that finds something again has the time and the names that were given") {
  const kernel_workshop shop("6.12");
  const std::string edit = shop.patch("kernel/wrong/counter_relaxed_charge.sed");
  const std::string patch = shop.at("a patch's name");
  std::filesystem::rename(edit, patch);
  const std::string word = "'" + shop.at("a patch'\\''s name") + "'";
  const std::string scenario = "page_counter/set_max_against_try_charge";
  const outcome table = shop.verify("--time 30 \"" + patch + "\" --scenario " + scenario);
  CAPTURE(table.text);
  CHECK(table.exit_code == 1);
  const std::string command = "stockcheck verify --linux " + shop.tree() + " --time 30 " + word;
  CHECK(contains(table.text, "again: " + command + " --scenario '" + scenario + "'"));
  const outcome reply = shop.verify("--reply --time 30 \"" + patch + "\" --scenario " + scenario);
  CAPTURE(reply.text);
  CHECK(contains(reply.text, command + " --scenario " + scenario + "\n"));
}

TEST_CASE("a line that asks what never changes here is seen to run") {
  const kernel_workshop shop("6.12");
  const std::string patch = shop.sed(
      "mm/memcontrol.c", "s/passed_oom && task_is_dying()/task_is_dying() \\&\\& passed_oom/");
  const outcome result = shop.verify(patch + " --scenario charge_path/oom_kill");
  CAPTURE(result.text);
  CHECK(result.exit_code == 0);
  CHECK(contains(result.text, "no task that charges is dying here"));
  CHECK(contains(result.text, "changed lines  2 compiled and run"));
}

TEST_CASE("the shim divides products of more than 64 bits as the kernel does") {
  const kernel_workshop shop("6.12");
  const std::string patch =
      shop.sed("mm/page_counter.c",
               "/^bool page_counter_try_charge/,/^}/ s/struct page_counter \\*c;/&\\n"
               "\tBUG_ON(mul_u64_u64_div_u64(1UL << 40, 3UL << 40, 1UL << 41) != 3UL << 39);\\n"
               "\tBUG_ON(mul_u64_u64_div_u64(~0UL, ~0UL, ~0UL) != ~0UL);\\n"
               "\tBUG_ON(mul_u64_u64_div_u64(7, 3, 2) != 10);/");
  const outcome result = shop.verify(patch + " --scenario page_counter/last_page");
  CAPTURE(result.text);
  CHECK(result.exit_code == 0);
}

TEST_CASE("a patch may stand anywhere between the options") {
  const kernel_workshop shop("6.12");
  const std::string patch = shop.patch("kernel/wrong/counter_max_by_store.sed");
  const std::string scenario = "--scenario page_counter/set_max_against_try_charge ";
  for (const std::string& arguments : {scenario + patch, patch + " " + scenario,
                                       "--memory-model rc11 " + patch + " " + scenario}) {
    const outcome result = shop.verify(arguments);
    CAPTURE(result.text);
    CHECK(result.exit_code == 1);
    CHECK(contains(result.text, "newly failing  page_counter/set_max_against_try_charge"));
  }
}

TEST_CASE("an option that would do nothing is refused") {
  const kernel_workshop shop("6.12");
  fails_with(shop.verify("--reply" + one_scenario), "--reply wants a patch");
  const std::string patch =
      shop.sed("mm/page_counter.c", in_try_charge + "s/return true;/return 1;/");
  for (const std::string option : {"--known", "--outcomes"})
    fails_with(shop.verify(option + " " + patch + one_scenario), option + " shows a kernel");
}

TEST_CASE("who waits for a patch that never comes can be interrupted") {
  const kernel_workshop shop("6.12");
  const std::string pipe = shop.at("pipe");
  REQUIRE(run_line("mkfifo " + pipe).exit_code == 0);
  for (const std::string signal : {"INT", "HUP"}) {
    CAPTURE(signal);
    // The pipe has a writer, which is its reader. timeout kills what does not end.
    const outcome result =
        run_line("env TMPDIR=" + shop.tmp() + " timeout --preserve-status " +
                 "--kill-after=60 --signal=" + signal + " 1 " + STOCKCHECK_COMMAND +
                 " verify --linux " + shop.tree() + " - 0<>" + pipe);
    CAPTURE(result.text);
    CHECK(result.exit_code == 3);
    CHECK(contains(result.text, "interrupted before anything was checked"));
    CHECK(shop.left_nothing_behind());
  }
}
