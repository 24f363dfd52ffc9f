// SPDX-License-Identifier: GPL-2.0-only
// The engine's executions of random programs are those that the reference finds.
#include "tests/explore/differential/difference.hpp"
#include "tests/explore/reference/print_program.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

using namespace stockcheck::explore;

TEST_CASE("the engine explores exactly the executions of the reference, each once") {
  // STOCKCHECK_FUZZ_SEED and STOCKCHECK_FUZZ_PROGRAMS change what is tried.
  const auto from_environment = [](const char* name, std::uint64_t otherwise) {
    const char* const text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
  };
  const std::uint64_t seed = from_environment("STOCKCHECK_FUZZ_SEED", 1);
  const std::uint64_t programs = from_environment("STOCKCHECK_FUZZ_PROGRAMS", 20'000);
  MESSAGE("programs: ", programs, ", first seed: ", seed);

  const auto found = differential::fuzz(seed, programs);
  if (found)
    FAIL("seed ", found->seed, " (", reference::name(found->kind), ", ",
         reference::name(found->model), "): ", found->what, "\n", found->test_case);
}
