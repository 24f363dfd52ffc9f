// SPDX-License-Identifier: GPL-2.0-only
// What stockcheck verify compares of a kernel before and after a patch.
#include "tests/verify/kernel_workshop.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include <string>

using namespace stockcheck::tests;

namespace {

nlohmann::json json_of(const outcome& result) {
  return nlohmann::json::parse(result.text.substr(result.text.find('{')));
}

}  // namespace

TEST_CASE("other words in a warning of the kernel are no new finding") {
  const kernel_workshop shop("6.12");
  const outcome result =
      shop.verify(shop.sed("mm/page_counter.c", "s/page_counter underflow: /gone negative: /") +
                  " --scenario page_counter/uncharged_twice --json -");
  CAPTURE(result.text);
  CHECK(result.exit_code == 0);
  const auto verdict = json_of(result);
  CHECK(verdict.at("changes").at(0).at("change") == "still failing");
  const auto& found = verdict.at("after").at(0).at("finding");
  CHECK(contains(found.at("what"), "gone negative"));
  CHECK(found.at("kind") == "underflow");
  CHECK(found.at("signature") == "underflow: page_counter_cancel: new < 0");
}

TEST_CASE("a condition of a warning is shown as the kernel has it") {
  const kernel_workshop shop("6.12");
  const outcome result = shop.verify(
      shop.sed("mm/memcontrol.c",
               "/^static void drain_stock(/,/^}/ s/^{$/{\\n\\tVM_WARN_ON_ONCE(mem_cgroup_is_root"
               "(READ_ONCE(stock->cached)) || READ_ONCE(stock->nr_pages));/") +
      " --scenario one_slot_stock/two_drainers --json -");
  CAPTURE(result.text);
  CHECK(result.exit_code == 1);
  const auto news = json_of(result).at("changes").at(0).at("news").at(0);
  CHECK(news.at("what") ==
        "WARN_ON(mem_cgroup_is_root(READ_ONCE(stock->cached)) || READ_ONCE(stock->nr_pages))");
}

TEST_CASE("a race that vanishes because a limit is not looked at any more is no praise") {
  const kernel_workshop shop("6.12");
  const outcome result =
      shop.verify(shop.sed("mm/page_counter.c", "s/if (new > c->max) {/if (false) {/") +
                  " --scenario page_counter/set_max_raised --json -");
  CAPTURE(result.text);
  CHECK(result.exit_code == 3);
  const auto verdict = json_of(result);
  const auto& change = verdict.at("changes").at(0);
  CHECK(change.at("change") == "found no more");
  CHECK(change.at("gone").at(0) == "data race: max");
  CHECK(contains(change.at("why"), "final states changed"));
  CHECK_FALSE(change.at("states").at("gone").empty());
  const auto& witness = verdict.at("witnesses").at(0);
  CHECK(witness.at("side") == "before");
  CHECK(witness.at("state") == change.at("states").at("gone").at(0));
  CHECK_FALSE(witness.at("steps").empty());
}

TEST_CASE("a race that is mended by marked accesses is newly passing") {
  const kernel_workshop shop("6.12");
  const outcome result = shop.verify(
      shop.sed("mm/page_counter.c", "s/if (new > c->max) {/if (new > READ_ONCE(c->max)) {/") +
      " --scenario page_counter/set_max_raised");
  CAPTURE(result.text);
  CHECK(result.exit_code == 0);
  CHECK(contains(result.text, "newly passing  page_counter/set_max_raised"));
}
