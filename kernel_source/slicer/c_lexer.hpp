// SPDX-License-Identifier: GPL-2.0-only
// The tokens of a C file, by libclang's lexer.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace stockcheck::kernel_source {

enum class token_kind : unsigned char { identifier, keyword, literal, punctuation, comment };

/// A token is the bytes [begin, end) of its file and lies in the lines line to last_line, from 1.
struct c_token {
  token_kind kind;
  std::size_t begin;
  std::size_t end;
  unsigned line;
  unsigned last_line;
};

/// All tokens in their order, directives and the branches of conditionals included: nothing is
/// preprocessed, no header is read, and what is no valid C is split into tokens all the same.
/// `name` is for errors. Throws source_error when libclang does not read the text.
std::vector<c_token> tokens_of(const std::string& name, const std::string& text);

}  // namespace stockcheck::kernel_source
