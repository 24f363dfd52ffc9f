// SPDX-License-Identifier: GPL-2.0-only
// Which lines of which files a preprocessor's output is made of.
#pragma once

#include <map>
#include <set>
#include <string>

namespace stockcheck::kernel_source {

/// Maps files, by their paths in the kernel's tree, to lines, which are counted from 1.
using file_lines = std::map<std::string, std::set<unsigned>>;

/// Adds the lines that are not empty, by the markers `# LINE "FILE"` before them. A file below
/// kernel/ is called by its path there.
void add_marked_lines(const std::string& output, file_lines& to);

}  // namespace stockcheck::kernel_source
