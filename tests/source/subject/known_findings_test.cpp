#include "source/subject/known_findings.hpp"

#include <doctest/doctest.h>

using namespace stockcheck::source;

namespace {

constexpr const char* dead_bytes = "leak: the stock of an offline CPU keeps bytes";
constexpr const char* stuck_mark =
    "progress: a CPU is marked as being drained, but no drain is pending";

}  // namespace

TEST_CASE("what is known of one kernel is not known of another") {
  CHECK(find_known_finding("obj_stock/dead_cpu", dead_bytes, {6, 1}));
  CHECK_FALSE(find_known_finding("obj_stock/dead_cpu", dead_bytes, {6, 12}));
  CHECK(find_known_finding("one_slot_stock/isolation", stuck_mark, {6, 12}));
  CHECK_FALSE(find_known_finding("one_slot_stock/isolation", stuck_mark, {6, 1}));
  CHECK(find_known_finding("seven_slot_stock/isolation", stuck_mark, {7, 3}));
  CHECK_FALSE(find_known_finding("seven_slot_stock/isolation", stuck_mark, {6, 12}));
}

TEST_CASE("what is known of a scenario is one finding of it") {
  CHECK_FALSE(find_known_finding("obj_stock/dead_cpu", stuck_mark, {6, 1}));
  CHECK_FALSE(find_known_finding("obj_stock/two_cpus", dead_bytes, {6, 1}));
}

TEST_CASE("nothing is known of a kernel without a version") {
  CHECK_FALSE(find_known_finding("obj_stock/dead_cpu", dead_bytes, {}));
}
