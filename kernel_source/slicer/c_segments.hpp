// SPDX-License-Identifier: GPL-2.0-only
// Cuts a C file into its file-level declarations by brackets and semicolons alone, so that unknown
// macros and types do not matter.
#pragma once

#include "kernel_source/slicer/c_directives.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace stockcheck::kernel_source {

/// A declaration: the code tokens [first, last) of its file, the semicolon or brace that ends it
/// included. Where a head stands before alternative bodies, there is one segment for each body,
/// and all have the head.
struct segment {
  std::size_t first = 0;
  std::size_t last = 0;
  /// The index of the brace that opens a function's body; `last` if there is none.
  std::size_t body = 0;
};

/// Brackets that are balanced in no branch of a conditional are taken from its last one. What an
/// unbalanced bracket leaves unfinished at the file's end is the last segment.
std::vector<segment> segments_of(std::string_view text, const parted_tokens& parts);

}  // namespace stockcheck::kernel_source
