// SPDX-License-Identifier: GPL-2.0-only
// stockcheck stress --linux: scenarios on real threads, with the kernel's own code.
#pragma once

#include "cli/kernel_build.hpp"
#include "report/result.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace stockcheck::cli {

struct kernel_stress_options {
  kernel_options kernel{};
  std::vector<std::string> scenarios{};  ///< patterns; all if there are none
  std::chrono::duration<double> time{};  ///< for all scenarios together
  std::uint64_t rounds = 0;              ///< of each scenario, instead of the time; 0: as it allows
  std::uint64_t seed = 1;
};

struct kernel_stress_results {
  std::vector<report::result> results;
  double seconds = 0;  ///< wall-clock
};

/// Side by side as many as the machine has processors for, each in a confined process. After
/// catch_interrupts(), Ctrl-C ends the run with what there is. Throws usage_error.
kernel_stress_results stress_kernel(const kernel_stress_options& how);

}  // namespace stockcheck::cli
