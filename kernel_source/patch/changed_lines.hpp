// SPDX-License-Identifier: GPL-2.0-only
// Which lines differ between two versions of a file.
#pragma once

#include "kernel_source/patch/unified_diff.hpp"

#include <string>
#include <vector>

namespace stockcheck::kernel_source {

/// The hunks that lead from one text to the other, without context: exactly the lines that were
/// removed and added, with their numbers on both sides. Throws source_error if git cannot be run.
std::vector<hunk> changed_lines(const std::string& before, const std::string& after);

}  // namespace stockcheck::kernel_source
