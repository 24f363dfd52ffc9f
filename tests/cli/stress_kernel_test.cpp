// SPDX-License-Identifier: GPL-2.0-only
// stockcheck stress --linux, as a user runs it, on the kernels that are installed.
#include "tests/verify/kernel_workshop.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include <map>
#include <set>
#include <string>

using namespace stockcheck::tests;

namespace {

constexpr const char* few_rounds = " --rounds 200 ";

/// The kernel's files with one of our patches applied.
std::string patched(const kernel_workshop& shop, const std::string& patch) {
  const outcome done =
      run_line("rm -rf " + shop.at("patched") + " && cp -r " + shop.tree() + " " +
               shop.at("patched") + " && cd " + shop.at("patched") + " && git apply " + patch);
  CAPTURE(done.text);
  REQUIRE(done.exit_code == 0);
  return shop.at("patched");
}

nlohmann::json results_of(const outcome& result) {
  CAPTURE(result.text);
  REQUIRE(result.text.find('{') != std::string::npos);
  return nlohmann::json::parse(result.text.substr(result.text.find('{'))).at("results");
}

}  // namespace

TEST_CASE("the page counters of kernels as they stand run on real threads") {
  for (const char* version : {"6.1", "6.12"}) {
    CAPTURE(version);
    const outcome result =
        run(std::string("stress --linux ") + version + few_rounds + "page_counter --json -");
    CAPTURE(result.text);
    CHECK(result.exit_code == 0);
    unsigned passed = 0;
    for (const auto& r : results_of(result)) {
      CHECK(r.at("checker") == "threads");
      CHECK(r.at("subject").get<std::string>().starts_with(version));
      if (r.at("verdict") != "PASS") continue;
      ++passed;
      CHECK(r.at("executions") == 200);
      CHECK(r.at("proof").get<std::string>().empty());
    }
    CHECK(passed >= 20);
  }
}

TEST_CASE("the stocks of kernels as they stand run on real threads, with what is known of them") {
  struct expected {
    const char* version;
    const char* known;
    const char* id;
  };
  // Whatever the interleaving: a finding of that kernel, and a property that the scenario declares.
  for (const auto& [version, known, id] :
       {expected{"6.1", "obj_stock/dead_cpu", "dead-cpu-keeps-objects"},
        expected{"6.12", "one_slot_stock/empty_stock_pins", "empty-stock-pins"}}) {
    CAPTURE(version);
    const outcome result =
        run(std::string("stress --linux ") + version + few_rounds +
            "one_slot_stock socket_charge charge_path obj_stock slab_charge --json -");
    CAPTURE(result.text);
    CHECK(result.exit_code == 0);
    std::map<std::string, unsigned> verdicts;
    unsigned looked_at = 0;
    for (const auto& r : results_of(result)) {
      ++verdicts[r.at("verdict")];
      if (r.at("scenario") != known) continue;
      ++looked_at;
      CHECK(r.at("verdict") == "KNOWN");
      CHECK(r.at("known").at("id") == id);
    }
    CHECK(looked_at == 1);
    CHECK(verdicts["PASS"] >= 80);
    CHECK(verdicts["FAIL"] == 0);
  }
}

TEST_CASE("a wrong kernel is caught on real threads, with the command that does it again") {
  const kernel_workshop shop("6.12");
  struct expected {
    const char* edit;
    const char* scenario;
    const char* finding;
  };
  // Whatever the interleaving: tasks that both get the last page, a warning of the kernel, stocks
  // that lose pages, name what they do not pin or are forgotten, and sums that go the wrong way.
  for (const auto& [edit, scenario, finding] :
       {expected{"counter_limit_off_by_one", "page_counter/last_page", "overcharge"},
        expected{"counter_charge_of_leaf_alone", "page_counter/charge_charge",
                 "underflow: page_counter underflow"},
        expected{"charge_surplus_lost", "one_slot_stock/two_cpus", "conservation: "},
        expected{"stock_without_reference", "one_slot_stock/two_cpus", "references: "},
        expected{"stock_count_kept", "one_slot_stock/switch", "conservation: "},
        expected{"stock_of_dead_cpu", "one_slot_stock/dead_cpu", "leak: "},
        expected{"stock_mark_not_cleared", "one_slot_stock/consume_against_drain_all",
                 "progress: "},
        expected{"socket_statistic_doubled", "socket_charge/two_cpus", "statistics: "},
        expected{"charge_memsw_not_undone", "charge_path/memsw_undo", "conservation: "},
        expected{"obj_rest_lost", "obj_stock/two_cpus", "conservation: "},
        expected{"obj_stock_wrong_pgdat", "obj_stock/two_nodes", "statistics: "}}) {
    CAPTURE(edit);
    const std::string tree =
        patched(shop, shop.patch(std::string("kernel/wrong/") + edit + ".sed"));
    const std::string command = "stress --linux " + tree;
    const outcome result = run(command + few_rounds + scenario);
    CAPTURE(result.text);
    CHECK(result.exit_code == 1);
    CHECK(contains(result.text, finding));
    CHECK(contains(result.text,
                   "again: stockcheck " + command + few_rounds + "--seed 1 '" + scenario + "'"));
  }
}

TEST_CASE("a defect that needs an interrupt in the middle of a task is caught on real threads") {
  const kernel_workshop shop("6.12");
  // A few instructions are seldom interrupted, and more seldom on a busy machine: the task lingers
  // where an interrupt does harm.
  const std::string tree =
      patched(shop, shop.sed("mm/memcontrol.c",
                             "/^static bool consume_stock/,/^}/ {"
                             "s/local_lock_irqsave(.*stock_lock, flags);/"
                             "(void)flags; preempt_disable();/;"
                             "s/local_unlock_irqrestore(.*stock_lock, flags);/preempt_enable();/;"
                             "s/stock_pages = READ_ONCE(.*/"
                             "& for (volatile int i = 0; i < 10000; i++) ;/ }"));
  const std::string scenario = "one_slot_stock/softirq_charge";
  const outcome result = run("stress --linux " + tree + " --time 60 " + scenario);
  CAPTURE(result.text);
  CHECK(result.exit_code == 1);
  CHECK(contains(result.text, "conservation: "));
  const outcome right =
      run("stress --linux " + shop.tree() + few_rounds + scenario + " --outcomes");
  CAPTURE(right.text);
  CHECK(right.exit_code == 0);
  CHECK(contains(right.text, " interrupt"));
}

TEST_CASE("code that does not come to an end on real threads is a verdict") {
  const kernel_workshop shop("6.12");
  struct expected {
    const char* function;
    const char* edit;
    const char* scenario;
  };
  for (const auto& [function, edit, scenario] :
       {expected{"try_charge_memcg", "s/if (nr_retries--)/if (1)/", "charge_path/retries"},
        expected{"drain_all_stock",
                 "s/if (!mutex_trylock(\\(.*\\)))/mutex_lock(\\1); mutex_lock(\\1); if (0)/",
                 "one_slot_stock/two_drainers"}}) {
    CAPTURE(scenario);
    const std::string tree =
        patched(shop, shop.sed("mm/memcontrol.c",
                               "/^[a-z].* " + std::string(function) + "(/,/^}/ {" + edit + "}"));
    for (const std::string length : {" --rounds 10 ", " --time 1 "}) {
      const outcome result = run("stress --linux " + tree + length + scenario);
      CAPTURE(result.text);
      CHECK(result.exit_code == 1);
      CHECK(contains(result.text, "progress: the checked code does not come to an end"));
    }
  }
}

TEST_CASE("a finding is reported, whatever becomes of the other tasks") {
  const kernel_workshop shop("6.12");
  const auto drain_all = [&](const std::string& also) {
    return patched(shop, shop.sed("mm/memcontrol.c",
                                  "/^void drain_all_stock/,/^}/ "
                                  "s/curcpu = .*/& WARN_ON(1);" +
                                      also + "/"));
  };
  // A worker waits for the end of the task that warns.
  const outcome waiting =
      run("stress --linux " + drain_all("") + few_rounds + "one_slot_stock/worker_against_charge");
  CAPTURE(waiting.text);
  CHECK(waiting.exit_code == 1);
  CHECK(contains(waiting.text, "WARN_ON(1)"));
  // Something is asked for that there is not.
  const outcome lacking =
      run("stress --linux " + drain_all(" schedule_work(\\&root_memcg->high_work);") + few_rounds +
          "one_slot_stock/two_drainers");
  CAPTURE(lacking.text);
  CHECK(lacking.exit_code == 1);
  CHECK(contains(lacking.text, "WARN_ON(1)"));
}

TEST_CASE("code that crashes on real threads is a verdict") {
  const kernel_workshop shop("6.12");
  const std::string tree =
      patched(shop, shop.sed("mm/page_counter.c",
                             "/^bool page_counter_try_charge/,/^}/ "
                             "s/return true;/*(volatile int *)0 = 1; return true;/"));
  const outcome result = run("stress --linux " + tree + few_rounds + "page_counter/last_page");
  CAPTURE(result.text);
  CHECK(result.exit_code == 1);
  CHECK(contains(result.text, "the checked code crashed"));
}

TEST_CASE("stocks that a patch gives to page counters run on real threads") {
  const kernel_workshop shop("6.12");
  const std::string tree = patched(shop, shop.patch("kernel/series"));
  const outcome result = run("stress --linux " + tree + few_rounds + "page_counter_stock --json -");
  CAPTURE(result.text);
  CHECK(result.exit_code == 0);
  unsigned passed = 0;
  for (const auto& r : results_of(result)) {
    CHECK(r.at("verdict") != "SKIPPED");
    if (r.at("verdict") == "PASS") ++passed;
  }
  CHECK(passed >= 15);
  // As it stands the kernel has none.
  const outcome without =
      run("stress --linux " + shop.tree() + few_rounds + "page_counter_stock/two_cpus");
  CAPTURE(without.text);
  CHECK(contains(without.text, "this kernel has no page_counter_alloc_stock()"));
  CHECK(without.exit_code == 3);
}

TEST_CASE("what cannot be run on real threads is one clear error") {
  refused("stress page_counter", "--linux");
  refused("stress --rounds 5", "--linux");
  refused("stress --linux 6.12 --threads 4", "--threads");
  refused("stress --linux 6.12 --rounds 0", "--rounds");
  refused("stress --linux /nowhere", "/nowhere");
  refused("stress --linux ''", "names no kernel");
  refused("stress --linux 6.12 percpu_accounting", "none of these scenarios");
}
