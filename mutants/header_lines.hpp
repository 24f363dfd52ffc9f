// SPDX-License-Identifier: GPL-2.0-only
// The lines "Key: value" that a mutant begins with.
#pragma once

#include <istream>
#include <string>
#include <vector>

namespace stockcheck::mutants {

/// A line of a header.
struct header_line {
  std::string key;
  std::string value;
  unsigned number = 0;
};

/// A header, and where it ends.
struct header_lines {
  std::vector<header_line> lines;
  unsigned end = 0;  ///< number of the line behind it
};

/// Reads up to the diff, which starts at a line with "--- " or "diff ", or, where the first line is
/// a comment of sed, up to the first line that is none. Empty lines are left out; what has no ": "
/// is a key without a value.
header_lines read_header_lines(std::istream& text);

}  // namespace stockcheck::mutants
