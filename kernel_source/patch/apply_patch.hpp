// SPDX-License-Identifier: GPL-2.0-only
// Applies patches to a scratch copy of a tree.
#pragma once

#include "kernel_source/patch/patch_series.hpp"
#include "kernel_source/tree/scratch_tree.hpp"
#include "kernel_source/tree/source_tree.hpp"

#include <functional>
#include <string>
#include <vector>

namespace stockcheck::kernel_source {

/// A hunk that did not apply exactly where and as the patch says.
struct inexact_hunk {
  std::string file;
  unsigned number = 0;  ///< in its file, from 1
  unsigned line = 0;    ///< where it went
  int offset = 0;       ///< lines from where it should have gone
  unsigned fuzz = 0;    ///< lines of context, at either end, that did not match
};

struct applied_patch {
  std::string origin;
  std::string subject;
  std::vector<inexact_hunk> inexact;
  std::vector<std::string> changed;  ///< subject files that it touches
  std::vector<std::string> ignored;  ///< other files, which no check looks at

  [[nodiscard]] bool has_fuzz() const;
};

/// Applies one after the other; files that are not in the scratch copy yet are fetched from the
/// tree, which is never changed. A patch applies as a whole or not at all. Throws source_error with
/// the hunks that do not fit and those of files that the tree lacks. `after_each`, if given, is
/// called when a patch was applied.
std::vector<applied_patch> apply_series(const patch_series& series, const source_tree& tree,
                                        scratch_tree& scratch,
                                        const std::function<void()>& after_each = {});

}  // namespace stockcheck::kernel_source
