// SPDX-License-Identifier: GPL-2.0-only
// The patches that a user names, in the order to apply them.
#pragma once

#include "kernel_source/patch/patch.hpp"
#include "kernel_source/tree/source_tree.hpp"

#include <atomic>
#include <optional>
#include <string>
#include <vector>

namespace stockcheck::kernel_source {

struct patch_series {
  std::vector<patch> patches;
  /// What was left out, and why: cover letters, replies, merges; a line each.
  std::vector<std::string> skipped;
};

/// Each argument is a plain diff; a mail, or an mbox whose patches are put in the order of their
/// numbers; a quilt series file; a directory with one, or with files *.patch; a commit range A..B
/// of the tree's repository; or "-", a diff or mbox on standard input. Throws source_error for what
/// is none of these, for a series with gaps or doubles, for unsafe or malformed patches, and if
/// `stop` becomes true while it waits for standard input or a pipe.
patch_series read_patches(const std::vector<std::string>& arguments, const source_tree& tree,
                          const std::atomic<bool>* stop = nullptr);

/// The revision that patches given as a commit range apply to: the A of the first "A..B".
std::optional<std::string> base_of_range(const std::vector<std::string>& arguments);

}  // namespace stockcheck::kernel_source
