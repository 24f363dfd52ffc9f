// stockcheck verify and compare, as a user runs them, on the kernels that are installed.
#include "tests/cli/kernel_workshop.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include <set>

using namespace stockcheck::cli;

namespace {

void fails_with(const outcome& result, const std::string& message) {
  CAPTURE(result.text);
  CHECK(result.exit_code == 2);
  CHECK(contains(result.text, message));
  CHECK(result.text.starts_with("stockcheck: "));
}

const std::string in_try_charge = "/^bool page_counter_try_charge/,/^}/ ";
const std::string one_scenario = " --scenario page_counter/last_page";

}  // namespace

TEST_CASE("kernels as they stand have known properties and no failures under any memory model") {
  for (const char* version : {"6.1", "6.12"}) {
    CAPTURE(version);
    const outcome result =
        run(std::string("verify --linux ") + version + " --memory-model all --time 120 --json -");
    CAPTURE(result.text);
    CHECK(result.exit_code == 0);
    const auto record = nlohmann::json::parse(result.text.substr(result.text.find('{')));
    std::set<std::string> verdicts;
    for (const auto& r : record.at("results")) {
      verdicts.insert(r.at("verdict"));
      if (r.at("verdict") == "PASS") CHECK(r.at("proof") == "SC, TSO, RC11");
    }
    CHECK(verdicts == std::set<std::string>{"KNOWN", "PASS", "SKIPPED"});
  }
}

TEST_CASE("the model and kernels as they stand reach the same final states") {
  for (const char* version : {"6.1", "6.12"})
    for (const char* model : {"sc", "rc11"}) {
      CAPTURE(version);
      CAPTURE(model);
      const outcome result =
          run(std::string("compare --linux ") + version + " --time 120 --memory-model " + model);
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
  const std::string patch =
      shop.sed("mm/page_counter.c", in_try_charge + "s/new > c->max/new > c->max + 1/");
  const outcome applied = run_line("cd " + shop.tree() + " && patch -s -p1 < " + patch);
  REQUIRE(applied.exit_code == 0);
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
  const std::string patch = shop.patch("kernel_defects/counter_relaxed_charge.sed");
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
  const outcome mended = shop.verify(shop.patch("kernel_equivalents/counter_max_marked.sed"));
  CAPTURE(mended.text);
  CHECK(mended.exit_code == 0);
  CHECK(contains(mended.text, "newly passing  page_counter/set_max_against_try_charge"));

  const outcome unseen = shop.verify(shop.sed("mm/page_counter.c",
                                              "/^int page_counter_memparse/,/^}/ s/u64 bytes;/"
                                              "unsigned long long bytes;/"));
  CAPTURE(unseen.text);
  CHECK(unseen.exit_code == 0);
  CHECK(contains(unseen.text, "not exercised  page_counter_memparse()"));
}

TEST_CASE("inline functions of a header are verified where a kernel charges slabs by them") {
  const kernel_workshop inlined("6.1");
  const outcome seen =
      inlined.verify(inlined.patch("kernel_equivalents/slab_mark_cleared_last.sed") +
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
  CHECK(unseen.exit_code == 0);
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
  CHECK(contains(crash.text, "the checked code crashed"));

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
  fails_with(shop.verify(shop.sed("mm/page_counter.c",
                                  "s/^void page_counter_cancel/static void "
                                  "page_counter_cancelled/")),
             "page_counter_cancel");
  fails_with(shop.verify(shop.sed("mm/page_counter.c",
                                  in_try_charge + "s/return true;/return frobnicate(c);/")),
             "The shim of stockcheck lacks: frobnicate");
  fails_with(shop.verify("", "CC=no-such-compiler"), "there is no C compiler");
}
