// SPDX-License-Identifier: GPL-2.0-only
// A C file's tokens, parted into code and preprocessor directives.
#pragma once

#include "kernel_source/slicer/c_lexer.hpp"

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

namespace stockcheck::kernel_source {

enum class directive_kind : unsigned char { if_, else_, endif, define, undef, other };

/// A directive is the bytes [begin, end), continued lines included, the last newline not. `if_` are
/// #if, #ifdef and #ifndef, `else_` are #else and #elif and its kin.
struct directive {
  directive_kind kind = directive_kind::other;
  /// "define", as it is written; empty for a # alone.
  std::string name{};
  std::size_t begin = 0;
  std::size_t end = 0;
  unsigned line = 0;
  unsigned last_line = 0;
  /// What follows the directive's name.
  std::vector<c_token> tokens{};
};

/// A conditional is its directives, from #if to #endif, as indices into the file's directives.
struct conditional {
  std::vector<std::size_t> directives;
  /// Whether #endif is there.
  bool is_closed = false;
  /// Whether it only keeps a header from being read twice.
  bool is_include_guard = false;
};

struct parted_tokens {
  std::vector<c_token> code;
  std::vector<directive> directives;
};

/// Comments are left out.
parted_tokens parted(const std::string& text, const std::vector<c_token>& tokens);

/// Ordered by their #if. A stray #else or #endif belongs to none.
std::vector<conditional> conditionals_of(const std::string& text, const parted_tokens& parts);

}  // namespace stockcheck::kernel_source
