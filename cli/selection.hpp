// SPDX-License-Identifier: GPL-2.0-only
// Which scenarios a command is about.
#pragma once

#include "checks/base/scenario.hpp"
#include "cli/scenario_files.hpp"

#include <span>
#include <string>
#include <vector>

namespace stockcheck::cli {

/// The scenarios that match any of the patterns, stockcheck's in their usual order and then those
/// of the files; without patterns those of the files, or all if there are none. A pattern is a
/// name, an algorithm (the part before the slash) or has the wildcards of the shell. Throws
/// usage_error for a pattern that matches nothing.
std::vector<const checks::scenario_info*> select_scenarios(std::span<const std::string> patterns,
                                                           const scenario_files& files = {});

/// Arguments that are patterns or files.
struct scenario_arguments {
  std::vector<std::string> patterns{};
  std::vector<std::string> files{};
};
scenario_arguments patterns_and_files(std::span<const std::string> arguments);

}  // namespace stockcheck::cli
