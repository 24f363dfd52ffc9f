// SPDX-License-Identifier: GPL-2.0-only
#include "harness/threads/host_cpus.hpp"

#include <doctest/doctest.h>

#include <thread>

#include <sched.h>

namespace {

cpu_set_t affinity() {
  cpu_set_t set;
  CPU_ZERO(&set);
  REQUIRE(sched_getaffinity(0, sizeof set, &set) == 0);
  return set;
}

/// How many a thread may use that was moved there.
int processors_of(unsigned cpu) {
  int count = 0;
  std::jthread([&] {
    stockcheck::harness::run_on_host_cpu(cpu);
    const cpu_set_t bound = affinity();
    count = CPU_COUNT(&bound);
  }).join();
  return count;
}

}  // namespace

TEST_CASE("a thread is bound to the processor of its CPU, and no other thread is") {
  const cpu_set_t before = affinity();
  CHECK(processors_of(1) == 1);
  const cpu_set_t after = affinity();
  CHECK(CPU_EQUAL(&before, &after));
}

TEST_CASE("CPUs of a machine that is larger than this one share its processors") {
  CHECK(processors_of(100'000) == 1);
}
