// SPDX-License-Identifier: GPL-2.0-only
#include "report/exit_code.hpp"

#include "tests/report/records.hpp"

#include <doctest/doctest.h>

using namespace stockcheck;
using namespace stockcheck::report;

TEST_CASE("passes and known properties pass a run") {
  CHECK(exit_code_of(std::vector{passed_record(), known_record()}) == exit_code::passed);
}

TEST_CASE("a run in which everything was skipped is unknown, and one skipped scenario is not") {
  CHECK(exit_code_of(std::vector{skipped_record(), skipped_record()}) == exit_code::stayed_unknown);
  CHECK(exit_code_of(std::vector{skipped_record(), passed_record()}) == exit_code::passed);
}

TEST_CASE("what could not be checked is never a pass, and a failure outweighs it") {
  CHECK(exit_code_of(std::vector{passed_record(), unchecked_record()}) ==
        exit_code::stayed_unknown);
  CHECK(exit_code_of(std::vector{failed_record(), unchecked_record()}) == exit_code::failure_found);
  CHECK(exit_code_of(std::vector{skipped_record(), unchecked_record()}) ==
        exit_code::stayed_unknown);
}

TEST_CASE("an unknown verdict is never a pass") {
  CHECK(exit_code_of(std::vector{passed_record(), unknown_record()}) == exit_code::stayed_unknown);
}

TEST_CASE("a failure outweighs what stayed unknown, in either order") {
  CHECK(exit_code_of(std::vector{unknown_record(), failed_record()}) == exit_code::failure_found);
  CHECK(exit_code_of(std::vector{failed_record(), unknown_record()}) == exit_code::failure_found);
}
