// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/run/left_out.hpp"

#include <doctest/doctest.h>

using namespace stockcheck::kernel_source;

TEST_CASE("what checks do not look at is said once, with the name that tells of it") {
  CHECK(left_out({"page_counter_charge", "ret"}).empty());
  CHECK(left_out({"in_nmi", "memcg_nmi_stats"}) ==
        std::vector<std::string>{"no code runs in an NMI here (in_nmi is in changed lines)"});
  const auto both = left_out({"MEMCG_CHARGE_BATCH", "MEMCG_RECLAIM_MAY_SWAP"});
  REQUIRE(both.size() == 2);
  CHECK(both[0].starts_with("of what reclaim is asked for only the number of pages"));
  CHECK(both[1].starts_with("the size of a batch is the scenario's"));
}
