#include "report/table.hpp"

#include "tests/report/golden.hpp"
#include "tests/report/records.hpp"

#include <doctest/doctest.h>

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

TEST_CASE("colours are in a table for a terminal alone") {
  const auto records = report::one_of_each();
  CHECK(report::table(records, {}, report::style{true}).find('\033') != std::string::npos);
  CHECK(report::table(records, {}, report::style{false}).find('\033') == std::string::npos);
}
