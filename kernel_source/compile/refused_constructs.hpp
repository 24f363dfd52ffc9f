// SPDX-License-Identifier: GPL-2.0-only
// What the kernel's text must not have, because nobody would see what it does.
#pragma once

#include "kernel_source/slicer/c_file.hpp"
#include "kernel_source/source_error.hpp"

#include <span>
#include <string>
#include <vector>

namespace stockcheck::kernel_source {

/// The kernel's code has what the checker does not see. The message has one line for each place:
/// "mm/page_counter.c:7: what it is: why it is refused".
class refused_code : public source_error {
 public:
  using source_error::source_error;
};

/// What is refused in those parts of a file that are compiled, one line for each: inline assembly
/// that is no compiler barrier, attributes that are not known to be harmless, memory of one thread,
/// directives and identifiers that tell the code who compiles it, and names that are put together.
/// Words are compared as tokens: a comment, a string and a file name may have all of them.
std::vector<std::string> refused_constructs(const c_file& file,
                                            std::span<const text_range> compiled);

/// Throws refused_code if there are lines.
void refuse(const std::vector<std::string>& lines);

}  // namespace stockcheck::kernel_source
