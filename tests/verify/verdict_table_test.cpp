// SPDX-License-Identifier: GPL-2.0-only
// What verify says first and how it ends, for every kind of patch on a kernel that can be compiled
// and on one that can be compiled only in part.
#include "tests/verify/kernel_workshop.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include <sstream>

using namespace stockcheck::tests;

namespace {

const std::string in_consume = "/^static bool consume_stock/,/^}/ ";
const std::string scenarios = " --scenario page_counter/charge_uncharge,one_slot_stock/two_cpus";
const std::string memcg = "mm/memcontrol.c";

/// A patch, and what is to come of it. A first line is given by its beginning.
struct row {
  const char* kind;
  std::string file;
  std::string script;
  int exit_code;
  std::string first_line;
};

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

const row right{"right", memcg, in_consume + "s/return ret;/return ret == true;/", 0, "tree  "};
const row wrong{"wrong", memcg, in_consume + "s/stock_pages - nr_pages/stock_pages/", 1, "tree  "};
const row comment{"comment", memcg, "s|^static bool consume_stock|/* takes pages */\\n&|", 0,
                  "Nothing was run: the patches change no code"};
const row conditional{"under a conditional", memcg,
                      in_consume +
                          "s/ret = true;/&\\n#ifdef CONFIG_PREEMPT_RT\\n\\t\\tret = "
                          "false;\\n#endif/",
                      3,
                      "consume_stock() of mm/memcontrol.c was not checked: what changes of it is "
                      "compiled under #ifdef CONFIG_PREEMPT_RT alone"};
const row constant{"under a constant condition", memcg,
                   in_consume +
                       "s/return ret;/if (IS_ENABLED(CONFIG_PREEMPT_RT))\\n"
                       "\\t\\tpr_info(\"never\");\\n&/",
                   3, "mm/memcontrol.c was not checked: "};
const row elsewhere{"in a function that nothing calls", memcg,
                    "/^void mem_cgroup_print_oom_context/,/^}/ s/rcu_read_lock();/&;/", 3,
                    "mm/memcontrol.c was not checked: no scenario that reached its verdict ran"};
const row unknown_name{"with a name that the shim lacks", memcg,
                       in_consume + "s/return ret;/frobnicate();\\n&/", 3,
                       "mm/memcontrol.c was not checked: the shim lacks: mm/memcontrol.c:"};

/// Verifies the row on the tree as it is, or with a name in mm/memcontrol.c that the shim lacks.
void check_row(const kernel_workshop& shop, const row& r) {
  CAPTURE(r.kind);
  const std::string patch = shop.sed(r.file, r.script);
  for (const std::string option : {"", " --reply"}) {
    CAPTURE(option);
    const outcome result = shop.verify(patch + scenarios + option);
    CAPTURE(result.text);
    CHECK(result.exit_code == r.exit_code);
    const bool is_plain_reply = !option.empty() && r.first_line == "tree  ";
    CHECK(first_line(result.text)
              .starts_with(is_plain_reply ? "stockcheck looked at" : r.first_line.substr(0, 60)));
  }
}

/// On a kernel that can be compiled only in part every patch of code is unchecked.
void check_row_of_broken(const kernel_workshop& shop, row r) {
  if (r.exit_code != 0 || !r.first_line.starts_with("Nothing")) {
    r.exit_code = 3;
    r.first_line = "mm/memcontrol.c was not checked: the shim lacks";
  }
  check_row(shop, r);
}

kernel_workshop& broken() {
  static kernel_workshop shop("6.12");
  static const outcome applied = run_line(
      "cd " + shop.tree() + " && patch -s -p1 < " +
      shop.sed(memcg, "/^static void drain_stock/,/^}/ s/if (!old)/if (frobnicated(old))/"));
  REQUIRE(applied.exit_code == 0);
  return shop;
}

}  // namespace

TEST_CASE("each kind of patch has its exit code and first line") {
  const kernel_workshop shop("6.12");
  for (const row& r : {right, wrong, comment, conditional, constant, elsewhere, unknown_name})
    check_row(shop, r);
}

TEST_CASE("where mm/memcontrol.c cannot be compiled no patch of it passes") {
  for (const row& r : {right, wrong, comment, conditional}) check_row_of_broken(broken(), r);
}

TEST_CASE("a patch of no file that is looked at says so and passes") {
  const kernel_workshop sound("6.12");
  for (const kernel_workshop* shop : {static_cast<const kernel_workshop*>(&sound),
                                      static_cast<const kernel_workshop*>(&broken())}) {
    const std::string patch = shop->write(
        "doc.patch",
        "--- /dev/null\n+++ b/Documentation/memcg.rst\n@@ -0,0 +1 @@\n+Charges are counted.\n");
    for (const std::string option : {"", " --reply"}) {
      const outcome result = shop->verify(patch + scenarios + option);
      CAPTURE(result.text);
      CHECK(result.exit_code == 0);
      CHECK(first_line(result.text).starts_with("Nothing was run: no check looks at a file"));
    }
  }
}

TEST_CASE("a kernel that can be compiled only in part does not pass as it stands") {
  const outcome whole = broken().verify(scenarios);
  CAPTURE(whole.text);
  CHECK(whole.exit_code == 3);
  CHECK(first_line(whole.text).starts_with("UNCHECKED "));
  CHECK(
      contains(first_line(whole.text),
               " one_slot_stock/two_cpus: could not be checked: the shim lacks: mm/memcontrol.c:"));
  CHECK(contains(whole.text, "0 unknown, 1 unchecked"));
  const outcome compared = run("compare --linux " + broken().tree() +
                               " page_counter/charge_uncharge one_slot_stock/two_cpus");
  CAPTURE(compared.text);
  CHECK(compared.exit_code == 3);
  CHECK(contains(compared.text, "1 unchecked"));
  // What is in mm/page_counter.c is checked all the same.
  CHECK(broken().verify(" --scenario page_counter/charge_uncharge").exit_code == 0);
}

TEST_CASE("lines that a patch changes are told apart by what became of them") {
  const kernel_workshop shop("6.12");
  const outcome result = shop.verify(
      shop.sed("mm/page_counter.c",
               "/^bool page_counter_try_charge/,/^}/ s/return true;/"
               "if (nr_pages == 12345)\\n\\t\\tcounter->failcnt = 1;\\n"
               "#ifdef CONFIG_NUMA\\n\\tcounter->failcnt = 2;\\n#endif\\n\\treturn 1;/") +
      " --scenario page_counter/charge_uncharge,page_counter/charge_charge --json -");
  CAPTURE(result.text);
  CHECK(result.exit_code == 0);
  const auto json = nlohmann::json::parse(result.text.substr(result.text.find('{')));
  std::vector<std::string> states;
  for (const auto& line : json.at("lines"))
    states.push_back((line.at("removed") ? "- " : "+ ") + line.at("state").get<std::string>());
  CHECK(states == std::vector<std::string>{"- compiled and run", "+ compiled and run",
                                           "+ compiled, never run", "+ not compiled",
                                           "+ compiled and run"});
  CHECK(json.at("not_compiled") ==
        std::vector<std::string>{"page_counter_try_charge() under #ifdef CONFIG_NUMA"});
}

TEST_CASE("a function that no scenario needs is not said to be configured away") {
  const kernel_workshop shop("6.12");
  const outcome result =
      shop.verify(shop.sed("include/linux/memcontrol.h",
                           "0,/^static inline bool mem_cgroup_disabled/ s//static inline int "
                           "new_here(void)\\n{\\n\\treturn 7;\\n}\\n\\n&/") +
                  " --scenario page_counter/charge_uncharge");
  CAPTURE(result.text);
  CHECK(result.exit_code == 3);
  CHECK(
      contains(first_line(result.text),
               "include/linux/memcontrol.h was not checked: no scenario that reached its verdict"));
  CHECK(contains(result.text, "not exercised  new_here()"));
  CHECK_FALSE(contains(result.text, "not compiled   "));
}

TEST_CASE("a patch about what is not looked at hears so") {
  const kernel_workshop shop("6.12");
  const outcome result =
      shop.verify(shop.sed(memcg,
                           "/ try_charge_memcg(/,/^}/ s/reclaim_options = MEMCG_RECLAIM_MAY_SWAP;/"
                           "reclaim_options = 0 + MEMCG_RECLAIM_MAY_SWAP;/") +
                  scenarios);
  CAPTURE(result.text);
  CHECK(contains(result.text, "of what reclaim is asked for only the number of pages"));
}
