// SPDX-License-Identifier: GPL-2.0-only
// A tree and patches that were applied to a scratch copy of it.
#pragma once

#include "kernel_source/patch/apply_patch.hpp"

#include <string>
#include <vector>

namespace stockcheck::cli {

struct patched_tree {
  std::string tree{};  ///< its name, one line
  kernel_source::patch_series series{};
  std::vector<kernel_source::applied_patch> applied{};
  bool is_changed = false;                  ///< something that is checked differs
  std::vector<std::string> not_included{};  ///< changed files that no chosen scenario includes
};

/// Whether a hunk was applied although lines of its context differ.
bool has_fuzz(const patched_tree& of);

/// The patches, a line each.
std::vector<std::string> patch_lines(const patched_tree& of);
/// What is to be said about how they applied, a line each.
std::vector<std::string> patch_notes(const patched_tree& of);

}  // namespace stockcheck::cli
