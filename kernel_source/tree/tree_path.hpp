// SPDX-License-Identifier: GPL-2.0-only
// Names of files as patches give them: paths relative to the top of a kernel tree.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace stockcheck::kernel_source {

/// Texts of files by their paths.
using tree_files = std::map<std::string, std::string>;

/// Why a patch must not use this path, such as "is an absolute path"; empty if it may. What passes
/// cannot lead out of a tree that holds no symbolic links, nor into a git repository, and needs no
/// quoting anywhere.
std::string_view why_unsafe(std::string_view path);

/// Throws source_error, which begins with `where`, for an unsafe path.
void require_safe(std::string_view path, std::string_view where);

}  // namespace stockcheck::kernel_source
