// SPDX-License-Identifier: GPL-2.0-only
// Unified diffs, plain or git's: which lines of which files they change.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stockcheck::kernel_source {

/// A range of lines; `first` counts from 1. With no lines it lies behind line `first`.
struct line_range {
  unsigned first = 0;
  unsigned count = 0;
};

struct hunk {
  line_range before;
  line_range after;
  std::string section;             ///< what follows the second "@@": often the function's name
  std::vector<std::string> lines;  ///< each with its ' ', '+', '-' or '\', without a newline

  [[nodiscard]] unsigned added() const;
  [[nodiscard]] unsigned removed() const;
  /// "@@ -1,3 +1,4 @@ section" and the lines.
  [[nodiscard]] std::string text() const;
};

/// What a diff does to one file. Paths are relative to the top of the tree: the first component
/// ("a/", "b/") is cut off.
struct file_change {
  std::string old_path;  ///< empty for a new file
  std::string new_path;  ///< empty for a removed file
  std::string old_mode;  ///< git's, such as "100644"; empty if the diff names none
  std::string new_mode;
  bool is_binary = false;
  bool is_copy = false;  ///< the old file stays
  std::vector<hunk> hunks;

  /// The new path, or the old one of a removed file.
  [[nodiscard]] const std::string& path() const { return new_path.empty() ? old_path : new_path; }
};

/// The changes in their order; text around them is skipped, as patch and git do. Throws
/// source_error, which names `name` and the line, for a diff that is malformed, cut off, or quotes
/// file names.
std::vector<file_change> parse_unified_diff(std::string_view text, const std::string& name);

}  // namespace stockcheck::kernel_source
