// SPDX-License-Identifier: GPL-2.0-only
// A patch: one change with its description, as a mail or a file holds it.
#pragma once

#include "kernel_source/patch/unified_diff.hpp"

#include <string>
#include <vector>

namespace stockcheck::kernel_source {

struct patch {
  std::string origin;   ///< where it came from: "fix.patch", "series.mbox, mail 2", "0123456789ab"
  std::string subject;  ///< without "[PATCH 1/3]"; a plain diff's is its file's name
  std::string author;   ///< "Name <mail address>"; empty for a plain diff
  std::string text;     ///< the diff, perhaps with other text around it
  std::vector<file_change> files;  ///< what the text changes
};

/// Makes a patch of a diff and makes sure that it is safe to apply: that git reads it the same way,
/// that it names only plain files of the tree, makes no symbolic link and has no binary parts.
/// Throws source_error, also for a text without any change.
patch checked_patch(const std::string& origin, const std::string& subject,
                    const std::string& author, const std::string& diff);

}  // namespace stockcheck::kernel_source
