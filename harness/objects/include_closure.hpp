// SPDX-License-Identifier: GPL-2.0-only
// Which files a translation unit may be made of, told from their #include directives alone: so that
// it is known before anything is compiled.
#pragma once

#include "kernel_source/tree/tree_path.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace stockcheck::harness {

/// A name in a directive is that of a file beside the one with the directive, or of one of the
/// tree; anything else is the compiler's own. Conditionals are not looked at.
struct include_closure {
  /// The texts of the files by the names that they have in the unit's directories: those of the
  /// tree by their paths in it, the user's as "users/NAME".
  kernel_source::tree_files files{};
  /// There is a directive that does not name its file, or a question for a file that may not exist:
  /// then `files` holds all of the tree.
  bool is_whole_tree = false;
};

/// `users` is the directory of the user's files, which the unit includes as "users/NAME"; empty if
/// there are none. Throws as read_file() does.
include_closure closure_of(std::string_view unit, const kernel_source::tree_files& tree,
                           const std::filesystem::path& users);

}  // namespace stockcheck::harness
