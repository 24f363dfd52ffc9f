#include "source/subject/known_races.hpp"

#include <doctest/doctest.h>

using namespace stockcheck::source;

TEST_CASE("a race is known of the releases that have it") {
  const char* const peek = "consume_stock, drain_all_stock";
  CHECK(find_known_race("data race: nr_pages", peek, {6, 1}));
  CHECK_FALSE(find_known_race("data race: nr_pages", peek, {6, 12}));
  const char* const charge = "page_counter_set_max, page_counter_try_charge";
  CHECK(find_known_race("data race: max", charge, {6, 1}));
  CHECK(find_known_race("data race: max", charge, {7, 3}));
  CHECK_FALSE(find_known_race("data race: max", charge, {}));
}

TEST_CASE("a race of a known member between other functions is not known") {
  CHECK_FALSE(find_known_race("data race: max", "consume_stock, drain_all_stock", {6, 1}));
}
