// SPDX-License-Identifier: GPL-2.0-only
#include "report/quantity.hpp"

#include <doctest/doctest.h>

using stockcheck::report::quantity_text;

TEST_CASE("large numbers are short, small ones exact") {
  CHECK(quantity_text(0) == "0");
  CHECK(quantity_text(950) == "950");
  CHECK(quantity_text(1000) == "1.0k");
  CHECK(quantity_text(12345) == "12.3k");
  CHECK(quantity_text(41e6) == "41.0M");
  CHECK(quantity_text(2.1e9) == "2.1G");
  CHECK(quantity_text(4e13) == "40000.0G");
  CHECK(quantity_text(78.724) == "78.72");
}
