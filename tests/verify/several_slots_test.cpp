// SPDX-License-Identifier: GPL-2.0-only
// stockcheck verify, compare and stress on kernels whose stocks have several slots: a stand-in of
// ours, and one that is named.
#include "tests/verify/kernel_workshop.hpp"
#include "tests/verify/within_budget.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using namespace stockcheck::tests;
namespace fs = std::filesystem;

namespace {

const std::string on_slots = " --scenario 'seven_slot_stock*,multi_obj_stock*'";

/// 6.12 with another mm/memcontrol.c, and the version of a kernel that has one like it: see
/// tests/verify/several_slots.
class slots_workshop : public kernel_workshop {
 public:
  slots_workshop() : kernel_workshop("6.12") {
    fs::copy_file(fs::path(STOCKCHECK_SOURCE_DIR) / "tests/verify/several_slots/memcontrol.c",
                  fs::path(tree()) / "mm/memcontrol.c", fs::copy_options::overwrite_existing);
    std::ofstream(fs::path(tree()) / "Makefile") << "VERSION = 7\nPATCHLEVEL = 2\n";
  }
  /// A patch that changes a function by a sed command.
  [[nodiscard]] std::string edit(const std::string& function, const std::string& command) const {
    return sed("mm/memcontrol.c", "/^[a-z].* " + function + "(/,/^}/ " + command);
  }
};

struct defect {
  std::string function;
  std::string command;
  std::string scenario;
  std::string oracle;
};

}  // namespace

TEST_CASE("a kernel whose stocks have several slots keeps the promises of their scenarios") {
  const slots_workshop shop;
  const outcome result = shop.verify(on_slots + " --scenario 'one_slot_stock*'");
  CAPTURE(result.text);
  CHECK(result.exit_code == 0);
  CHECK(contains(result.text, "PASS (exhaustive, RC11)  seven_slot_stock/charge_charge"));
  CHECK(contains(result.text, "PASS (exhaustive, RC11)  multi_obj_stock/evict"));
  CHECK(contains(result.text, "this kernel has no stocks with one slot"));
  CHECK(contains(result.text, "this kernel has no slots that are taken away at random"));
}

TEST_CASE("the model and a kernel whose stocks have several slots reach the same final states") {
  const slots_workshop shop;
  const outcome result =
      run("compare --linux " + shop.tree() + " 'seven_slot_stock*' 'multi_obj_stock*'");
  CAPTURE(result.text);
  CHECK(result.exit_code == 0);
  CHECK(contains(result.text, "final states under RC11"));
}

TEST_CASE("in stocks with several slots wrong patches are found") {
  const slots_workshop shop;
  const std::vector<defect> defects{
      {"drain_slot", "{/pcp->cached.*NULL/d}", "seven_slot_stock/drain_of_whole_cpu", "references"},
      {"consume_stock", "s/ || !local_trylock(&\\(.*\\).lock)/ || (local_trylock(\\&\\1.lock), 0)/",
       "seven_slot_stock/charge_in_softirq", "scenario"},
      {"memcg_hotplug_cpu_dead", "s/drain_slots(\\(.*\\));/drain_slot(\\1, 0);/",
       "seven_slot_stock/dead_cpu", "leak"},
      {"memcg_hotplug_cpu_dead", "{/drain_objects/d}", "multi_obj_stock/dead_cpu", "leak"},
      {"drain_objects_of", "{/index == slot/,/flush/d}", "multi_obj_stock/evict", "statistics"},
      {"drain_local_memcg_stock", "{/clear_bit/d}", "seven_slot_stock/drain_of_own_cpu",
       "progress"}};
  for (const defect& wrong : defects) {
    CAPTURE(wrong.function);
    CAPTURE(wrong.scenario);
    const outcome result =
        shop.verify(shop.edit(wrong.function, wrong.command) + " --scenario " + wrong.scenario);
    CAPTURE(result.text);
    CHECK(result.exit_code == 1);
    CHECK(contains(result.text, "newly failing  " + wrong.scenario));
    CHECK(contains(result.text, wrong.oracle + ": "));
  }
}

TEST_CASE("stocks with several slots run on real threads, where wrong ones are found") {
  const slots_workshop shop;
  const outcome right =
      run("stress --linux " + shop.tree() + " --rounds 200 'seven_slot_stock*' 'multi_obj_stock*'");
  CAPTURE(right.text);
  CHECK(right.exit_code == 0);
  CHECK(contains(right.text, "PASS (bounded)  seven_slot_stock/charge_charge"));
  CHECK(contains(right.text, "PASS (bounded)  multi_obj_stock/evict"));
  const fs::path file = fs::path(shop.tree()) / "mm/memcontrol.c";
  const outcome edited =
      run_line("sed -i '/^static void drain_slot(/,/^}/ {/pcp->cached.*NULL/d}' " + file.string());
  REQUIRE(edited.exit_code == 0);
  const outcome wrong =
      run("stress --linux " + shop.tree() + " --rounds 200 seven_slot_stock/drain_of_whole_cpu");
  CAPTURE(wrong.text);
  CHECK(wrong.exit_code == 1);
  CHECK(contains(wrong.text, "references: "));
}

TEST_CASE("a stock that takes a random slot is asked for all of them") {
  const slots_workshop shop;
  const std::string random =
      shop.edit("refill_stock",
                "{s/slot = pcp->drain_idx;/slot = get_random_u32_below(NR_MEMCG_STOCK);/; "
                "/pcp->drain_idx = /d}");
  const outcome result = shop.verify(random + " --scenario 'seven_slot_stock/*'");
  CAPTURE(result.text);
  // What is about the order does not run any more, what is about chance does; all others run on.
  CHECK(result.exit_code == 3);
  CHECK(contains(result.text, "unknown        seven_slot_stock/round_robin_victim"));
  CHECK(contains(result.text,
                 "it ran before the patch; now this kernel has no slots that are taken away in "
                 "turn"));
  CHECK(contains(result.text, "new            1 scenario only after the patch"));
  CHECK(contains(result.text, "0 newly failing"));
  CHECK(contains(result.text, "1 unknown"));
  CHECK_FALSE(contains(result.text, "\nskipped"));
}

TEST_CASE("a random number that is drawn elsewhere takes no scenario away") {
  const slots_workshop shop;
  const std::string patch = shop.edit(
      "drain_all_stock", "{s/^{$/{\\n\\tif (get_random_u32_below(2) == 1)\\n\\t\\tbarrier();/}");
  const outcome result = shop.verify(patch + " --scenario 'seven_slot_stock/*'");
  CAPTURE(result.text);
  CHECK(result.exit_code == 0);
  CHECK(contains(result.text, "0 newly failing, 0 newly passing"));
  CHECK_FALSE(contains(result.text, "unknown"));
}

TEST_CASE("the states of a model that takes slots in turn are among those of a random kernel") {
  const slots_workshop shop;
  const outcome edited = run_line(
      "sed -i '/^static void refill_stock(/,/^}/ {s/slot = pcp->drain_idx;/slot = "
      "get_random_u32_below(NR_MEMCG_STOCK);/; /pcp->drain_idx = /d}' " +
      shop.tree() + "/mm/memcontrol.c");
  REQUIRE(edited.exit_code == 0);
  const outcome result = run("compare --linux " + shop.tree() + " 'seven_slot_stock/*'");
  CAPTURE(result.text);
  CHECK(result.exit_code == 0);
  CHECK(contains(result.text, "which chooses in turn, are among"));
}

TEST_CASE("the kernel that STOCKCHECK_NEWER_KERNEL names has no failures and is like the model") {
  const char* const tree = std::getenv("STOCKCHECK_NEWER_KERNEL");
  if (tree == nullptr) {
    MESSAGE("STOCKCHECK_NEWER_KERNEL is not set: no such kernel is checked");
    return;
  }
  for (const std::string command : {"verify", "compare"}) {
    const outcome result = run(command + " --json - --linux " + tree);
    CAPTURE(result.text);
    CHECK(result.exit_code == 0);
    CHECK(contains(result.text, "seven_slot_stock/charge_charge"));
    for (const auto& r :
         nlohmann::json::parse(result.text.substr(result.text.find('{'))).at("results"))
      stays_within_budget(r);
  }
}
