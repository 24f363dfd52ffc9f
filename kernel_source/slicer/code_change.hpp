// SPDX-License-Identifier: GPL-2.0-only
// What of a C file is code, and whether two versions of it are the same code.
#pragma once

#include <set>
#include <string>

namespace stockcheck::kernel_source {

/// Whether the versions differ in comments and white space alone: the same tokens, parted into the
/// same directives. Throws source_error.
bool is_same_code(const std::string& name, const std::string& before, const std::string& after);

/// The lines, from 1, that hold a token of code or of #define: neither empty nor comments, nor what
/// conditionals and #include say. Throws source_error.
std::set<unsigned> code_lines(const std::string& name, const std::string& text);

/// The innermost conditional around a line, as its directive stands in the file: "#ifdef
/// CONFIG_NUMA", or "#else of #ifdef CONFIG_NUMA". Empty if there is none but an include guard.
/// Throws source_error.
std::string condition_around(const std::string& name, const std::string& text, unsigned line);

}  // namespace stockcheck::kernel_source
