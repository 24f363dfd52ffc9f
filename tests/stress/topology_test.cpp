// SPDX-License-Identifier: GPL-2.0-only
// The order of processing units, and binding to them.
#include "stress/topology.hpp"

#include <doctest/doctest.h>

#include <sched.h>

#include <stdexcept>
#include <thread>

namespace stockcheck::stress {

namespace {

/// Runs a check on a thread of its own, whose mask nobody needs afterwards.
template <class Check>
void on_another_thread(Check check) {
  std::jthread{check}.join();
}

cpu_set_t mask_of_this_thread() {
  cpu_set_t mask;
  CPU_ZERO(&mask);
  REQUIRE(sched_getaffinity(0, sizeof(mask), &mask) == 0);
  return mask;
}

}  // namespace

TEST_CASE("threads spread over packages, then cores, then hyperthreads") {
  const topology machine = topology::synthetic("package:2 core:2 pu:2");
  const std::vector<topology::unit> expected{
      {0, 0, 0, 0}, {1, 0, 0, 4}, {0, 1, 0, 2}, {1, 1, 0, 6},
      {0, 0, 1, 1}, {1, 0, 1, 5}, {0, 1, 1, 3}, {1, 1, 1, 7},
  };
  CHECK(machine.units() == expected);
}

TEST_CASE("more threads than processing units wrap around") {
  const topology machine = topology::synthetic("package:1 core:3 pu:1");
  CHECK(machine.unit_of(3) == machine.unit_of(0));
  CHECK(machine.unit_of(7) == machine.unit_of(1));
}

TEST_CASE("a description that hwloc does not understand is an error") {
  CHECK_THROWS_AS(topology::synthetic("three potatoes"), std::runtime_error);
}

TEST_CASE("the units of this machine are those that the thread may run on") {
  const cpu_set_t mask = mask_of_this_thread();
  const topology machine = topology::of_this_machine();
  CHECK(machine.units().size() == static_cast<std::size_t>(CPU_COUNT(&mask)));
  for (const topology::unit& unit : machine.units()) CHECK(CPU_ISSET(unit.os_index, &mask));
}

TEST_CASE("binding leaves a thread its unit alone, and a topology made then knows no other") {
  on_another_thread([] {
    const topology machine = topology::of_this_machine();
    const auto last = static_cast<unsigned>(machine.units().size()) - 1;
    REQUIRE(machine.bind_this_thread(last));
    const cpu_set_t mask = mask_of_this_thread();
    CHECK(CPU_COUNT(&mask) == 1);
    CHECK(CPU_ISSET(machine.unit_of(last).os_index, &mask));

    const topology seen_from_here = topology::of_this_machine();
    REQUIRE(seen_from_here.units().size() == 1);
    CHECK(seen_from_here.unit_of(0).os_index == machine.unit_of(last).os_index);
  });
}

TEST_CASE("binding to a unit of a machine that does not exist fails") {
  on_another_thread(
      [] { CHECK(!topology::synthetic("package:1 core:2 pu:1").bind_this_thread(0)); });
}

}  // namespace stockcheck::stress
