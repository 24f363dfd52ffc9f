// SPDX-License-Identifier: GPL-2.0-only
// What GNU patch makes of the hunks of a file that do not fit exactly.
#pragma once

#include "kernel_source/patch/apply_patch.hpp"

namespace stockcheck::kernel_source {

struct fuzzy_result {
  std::string text;  ///< the file with the hunks that fit
  std::vector<inexact_hunk> inexact;
  std::vector<unsigned> failed;  ///< numbers of the hunks that do not fit, from 1
};

/// Applies the hunks to a text, ignoring at most two lines of context. GNU patch sees nothing but
/// this text and these hunks, in a directory of its own: no file name, and none of the directives
/// that a patch may hold. Throws source_error if it cannot be run.
fuzzy_result apply_with_fuzz(const std::string& text, const file_change& change);

}  // namespace stockcheck::kernel_source
