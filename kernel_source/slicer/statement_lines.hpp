// SPDX-License-Identifier: GPL-2.0-only
// Which lines of a C file belong together, so that what is known of one says something of the
// others.
#pragma once

#include <string>
#include <vector>

namespace stockcheck::kernel_source {

/// Lines of a file, from 1, that hold one statement, one declaration, or a part of either that ends
/// a line: `if (...) {`.
struct statement_lines {
  std::vector<unsigned> lines{};
  /// Compilers make no instruction of it: a declaration without a value, braces, labels, else.
  /// Where the statement before it ran, it did. Jumps are among them, whose instructions are often
  /// somewhere else.
  bool is_passive = false;
};

/// Groups all lines that hold code by statements, in their order. Directives are left out. Throws
/// source_error.
std::vector<statement_lines> statements_of(const std::string& name, const std::string& text);

}  // namespace stockcheck::kernel_source
