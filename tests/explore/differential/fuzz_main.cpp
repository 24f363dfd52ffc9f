// SPDX-License-Identifier: GPL-2.0-only
// The long run of the differential fuzz: ci/nightly.
//
//   fuzz_explore PROGRAMS [SEED]
//
// Exits 0 if engine and reference agree on all of them, 1 with a test case if not, 2 on wrong
// usage.
#include "tests/explore/differential/difference.hpp"
#include "tests/explore/reference/print_program.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

int main(int argc, char** argv) {
  using namespace stockcheck::explore;
  try {
    if (argc < 2 || argc > 3) throw std::invalid_argument("two numbers are needed");
    const std::uint64_t programs = std::stoull(argv[1]);
    const std::uint64_t seed = argc == 3 ? std::stoull(argv[2]) : 1;
    fmt::print("fuzzing {} programs from seed {} on\n", programs, seed);
    constexpr std::uint64_t period = 10'000;
    const auto found = differential::fuzz(seed, programs, [&](std::uint64_t done) {
      if (done % period != 0) return;
      fmt::print("{} of {} programs\n", done, programs);
      std::fflush(stdout);
    });
    if (!found) return EXIT_SUCCESS;
    fmt::print("seed {} ({}, {}): {}\n\n{}\n", found->seed, reference::name(found->kind),
               reference::name(found->model), found->what, found->test_case);
    return EXIT_FAILURE;
  } catch (const std::exception& error) {
    fmt::print(stderr, "usage: fuzz_explore PROGRAMS [SEED] ({})\n", error.what());
    return 2;
  }
}
