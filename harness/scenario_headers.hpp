// SPDX-License-Identifier: GPL-2.0-only
// Which header of checks/ a scenario is in.
#pragma once

#include "checks/base/program.hpp"

#include <span>
#include <string_view>

namespace stockcheck::harness {

struct scenario_header {
  std::string_view name;  ///< its path below checks/, without its extension
  std::span<const checks::program_entry> programs;  ///< on the exploration engine
  bool is_for_kernel;                               ///< the kernel's own code has what they call
};

/// In the order in which their scenarios are listed.
std::span<const scenario_header> scenario_headers();

/// Throws std::out_of_range if there is no such scenario.
const scenario_header& header_of(std::string_view scenario);

}  // namespace stockcheck::harness
