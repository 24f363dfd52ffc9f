// SPDX-License-Identifier: GPL-2.0-only
// Which scenarios a command is about.
#pragma once

#include "checks/base/scenario.hpp"

#include <span>
#include <string>
#include <vector>

namespace stockcheck::cli {

/// The scenarios that match any of the patterns, in their usual order; all of them without
/// patterns. A pattern is a name, an algorithm (the part before the slash) or has the wildcards of
/// the shell. Throws usage_error for a pattern that matches nothing.
std::vector<const checks::scenario_info*> select_scenarios(std::span<const std::string> patterns);

}  // namespace stockcheck::cli
