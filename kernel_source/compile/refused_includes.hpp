// SPDX-License-Identifier: GPL-2.0-only
// The #include lines of the kernel's text: which files it may name, and what is compiled with it.
#pragma once

#include "kernel_source/slicer/c_file.hpp"
#include "kernel_source/tree/tree_path.hpp"

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stockcheck::kernel_source {

/// What is refused of the #include lines in those parts of a file, one line for each: names that a
/// macro makes, that lead out of the tree, or that are quoted and no file of `files`, which is all
/// of the kernel that is compiled.
std::vector<std::string> refused_includes(const c_file& file, std::span<const text_range> compiled,
                                          const tree_files& files);

/// The names in angle brackets of the #include lines of a text, each once.
std::set<std::string> headers_named_in(std::string_view text);

/// Throws refused_code for what is refused in the file `path` and in what it includes of `files`,
/// directly or not: all that is compiled of the kernel with it.
void refuse_in(const std::string& path, const tree_files& files);

}  // namespace stockcheck::kernel_source
