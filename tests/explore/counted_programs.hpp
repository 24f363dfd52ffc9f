// SPDX-License-Identifier: GPL-2.0-only
// Programs whose numbers of executions are known: see counts.json for the numbers and who says so.
#pragma once

#include "explore/engine_program.hpp"

#include <string>
#include <vector>

namespace stockcheck::explore::tests {

/// The program of that name. What the parameters mean is said at each one in the sources. Throws
/// std::out_of_range if there is none, or a parameter is missing.
[[nodiscard]] code_under_test counted_program(const std::string& name,
                                              const std::vector<std::size_t>& parameters);

}  // namespace stockcheck::explore::tests
