#include "checkers/host_cpus.hpp"

#include <doctest/doctest.h>

#include <sched.h>

namespace {

cpu_set_t affinity() {
  cpu_set_t set;
  CPU_ZERO(&set);
  REQUIRE(sched_getaffinity(0, sizeof set, &set) == 0);
  return set;
}

}  // namespace

TEST_CASE("a thread is bound to the processor of its CPU, and free again afterwards") {
  const cpu_set_t before = affinity();
  stockcheck::checkers::run_on_host_cpu(1);
  cpu_set_t bound = affinity();
  CHECK(CPU_COUNT(&bound) == 1);
  stockcheck::checkers::run_on_any_host_cpu();
  const cpu_set_t after = affinity();
  CHECK(CPU_EQUAL(&before, &after));
}

TEST_CASE("CPUs of a machine that is larger than this one share its processors") {
  stockcheck::checkers::run_on_host_cpu(100'000);
  cpu_set_t bound = affinity();
  CHECK(CPU_COUNT(&bound) == 1);
  stockcheck::checkers::run_on_any_host_cpu();
}
