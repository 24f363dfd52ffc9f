// SPDX-License-Identifier: GPL-2.0-only
// Reads one file-level declaration or macro of a C file: what it is, its names and what it uses.
#pragma once

#include "kernel_source/slicer/c_definition.hpp"
#include "kernel_source/slicer/c_segments.hpp"

#include <string_view>

namespace stockcheck::kernel_source {

/// From the segment's first token to its last one.
definition read_declaration(std::string_view text, const parted_tokens& parts,
                            const segment& found);

/// #define or #undef. An #undef uses nothing.
definition read_macro(std::string_view text, const directive& found);

/// The names that #if, #ifdef and #elif ask for.
std::vector<name_use> conditions_of(std::string_view text, const directive& found);

}  // namespace stockcheck::kernel_source
