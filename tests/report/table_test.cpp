// SPDX-License-Identifier: GPL-2.0-only
#include "report/table.hpp"

#include "tests/report/golden.hpp"
#include "tests/report/records.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace stockcheck;

TEST_CASE("a table shows every run, the failures in full, and sums up") {
  report::check_golden(
      "table.txt", report::table(report::one_of_each(), {.seconds = 3.21}, report::style{false}));
}

TEST_CASE("a table shows known properties in full when asked to") {
  report::check_golden(
      "table_with_known.txt",
      report::table(report::one_of_each(), {.details_of_known = true, .seconds = 3.21},
                    report::style{false}));
}

TEST_CASE("a table shows the final states when asked to") {
  const std::vector records{report::passed_record()};
  const std::string with = report::table(records, {.outcomes = true}, report::style{false});
  CHECK(with.find("252 x  root: usage=3 | child: usage=3") != std::string::npos);
  const std::string without = report::table(records, {}, report::style{false});
  CHECK(without.find("child: usage=3") == std::string::npos);
}

TEST_CASE("colours are in a table for a terminal alone") {
  const auto records = report::one_of_each();
  CHECK(report::table(records, {}, report::style{true}).find('\033') != std::string::npos);
  CHECK(report::table(records, {}, report::style{false}).find('\033') == std::string::npos);
}

TEST_CASE("a table has two words for what a kernel lacks and for what could not be checked") {
  const std::vector records{report::skipped_record(), report::unchecked_record(),
                            report::passed_record()};
  const std::string text = report::table(records, {.seconds = 1}, report::style{false});
  CHECK(text.find("SKIPPED         page_counter_stock/two_cpus: this kernel has no") !=
        std::string::npos);
  CHECK(text.find("UNCHECKED       charge_path/charge_charge: could not be checked: the shim") !=
        std::string::npos);
  CHECK(text.find("3 runs: 1 passed, 0 known, 0 failed, 0 unknown, 1 skipped, 1 unchecked") !=
        std::string::npos);
}

TEST_CASE("a table says once why many scenarios were skipped") {
  std::vector<report::result> records{report::passed_record()};
  for (const char* const name : {"a/1", "a/2", "a/3", "a/4"}) {
    records.push_back(report::skipped_record());
    records.back().scenario = name;
  }
  records.push_back(report::skipped_record());
  records.back().guarantee = "another reason";
  const std::string text = report::table(records, {}, report::style{false});
  CHECK(text.find("4 scenarios: this kernel has no page_counter_alloc_stock()\n") !=
        std::string::npos);
  CHECK(text.find("page_counter_stock/two_cpus: another reason\n") != std::string::npos);
  CHECK(text.find("a/1") == std::string::npos);
  CHECK(text.find("6 runs: 1 passed, 0 known, 0 failed, 0 unknown, 5 skipped") !=
        std::string::npos);
}

TEST_CASE("a table says so if nothing ran") {
  const std::vector nothing{report::skipped_record()};
  CHECK(report::table(nothing, {}, report::style{false}).find("No scenario ran") !=
        std::string::npos);
  CHECK(report::table(report::one_of_each(), {}, report::style{false}).find("No scenario ran") ==
        std::string::npos);
}
