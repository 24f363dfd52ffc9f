// SPDX-License-Identifier: GPL-2.0-only
// Records for the tests of the renderers, one of each kind.
#pragma once

#include "report/result.hpp"

#include <vector>

namespace stockcheck::report {

inline result passed_record() {
  return {.scenario = "page_counter/charge_charge",
          .checker = "relacy",
          .tasks = {"charge 1 on cpu 0", "charge 2 on cpu 1"},
          .verdict = verdict::pass,
          .guarantee = "nothing found (Relacy full search, stale reads bounded)",
          .executions = 252,
          .seconds = 0.01,
          .seed = 1,
          .outcomes = {{"root: usage=3 | child: usage=3", 252}},
          .metrics = {{"operations", 1234567.0, "1/s"}}};
}

inline result proven_record() {
  result proven = passed_record();
  proven.checker = "explore";
  proven.guarantee = "every execution under RC11: 4 complete, 1 blocked";
  proven.proof = "RC11";
  proven.model = "RC11";
  proven.executions = 5;
  proven.complete = 4;
  proven.blocked = 1;
  proven.outcomes = {{"root: usage=3 | child: usage=3", 4}};
  proven.metrics = {};
  return proven;
}

inline result failed_record() {
  const source_line rmw{"model/memcg/page_counter.hpp", 58, "try_charge"};
  const source_line load{"model/memcg/page_counter.hpp", 59, "try_charge"};
  const source_line xchg{"model/memcg/page_counter.hpp", 97, "set_max"};
  return {.scenario = "page_counter/set_max_against_try_charge",
          .checker = "relacy",
          .tasks = {"try_charge 1 on cpu 0", "set_max 2 on cpu 1"},
          .verdict = verdict::fail,
          .guarantee = "Relacy, execution 38",
          .finding = finding{.kind = oracle::overcharge,
                             .what = "settled usage above the limit",
                             .numbers = {{"root", 3}, {"max", 2}},
                             .at = {"checks/base/counter_scenario.hpp", 131, "check_group"},
                             .steps = {{0, "root.usage += 1: 2 -> 3 (fully ordered)", false, rmw},
                                       {1, "xchg root.max: 10 -> 2", false, xchg},
                                       {0, "read root.max = 10", true, load}}},
          .executions = 38,
          .seconds = 0.02,
          .seed = 1,
          .replay =
              "stockcheck check 'page_counter/set_max_against_try_charge' --checker relacy "
              "--search full"};
}

inline result known_record() {
  result known = failed_record();
  known.scenario = "page_counter/false_refusal";
  known.verdict = verdict::known;
  known.finding = finding{.kind = oracle::scenario, .what = "a charge that fits was refused"};
  known.known = known_reference{"false-refusal", "pages are charged first"};
  return known;
}

inline result unknown_record() {
  return {.scenario = "page_counter/siblings",
          .checker = "threads",
          .guarantee = "interrupted",
          .seed = 1};
}

/// Makes a record of the kernel's own code, in which a known race was found.
inline result raced_record() {
  const finding race{.kind = oracle::memory,
                     .what = "data race: two accesses that nothing orders",
                     .at = {"mm/page_counter.c", 142, "page_counter_try_charge"},
                     .steps = {{0, "read root.max = 10 (unmarked)", false, {}}},
                     .signature = "data race: max"};
  result raced = proven_record();
  raced.subject = "6.12.117";
  raced.scenario = "page_counter/set_max_raised";
  raced.verdict = verdict::known;
  raced.finding = race;
  raced.known = known_reference{"max-read-plainly", "an aligned word is not torn"};
  raced.races = {{race, raced.known}};
  raced.functions = {"page_counter_set_max", "page_counter_try_charge"};
  raced.lines = {{"mm/page_counter.c", {142, 143}}};
  return raced;
}

inline result skipped_record() {
  return {.subject = "6.12.117",
          .scenario = "page_counter_stock/two_cpus",
          .checker = "explore",
          .verdict = verdict::skipped,
          .guarantee = "this kernel has no page_counter_alloc_stock()",
          .seed = 1};
}

inline result unchecked_record() {
  return {.subject = "6.12.117",
          .scenario = "charge_path/charge_charge",
          .checker = "explore",
          .verdict = verdict::unchecked,
          .guarantee = "could not be checked: the shim lacks numa_node_id",
          .seed = 1};
}

inline std::vector<result> one_of_each() {
  return {proven_record(), passed_record(),  known_record(),  failed_record(),
          raced_record(),  unknown_record(), skipped_record()};
}

}  // namespace stockcheck::report
