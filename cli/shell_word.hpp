// SPDX-License-Identifier: GPL-2.0-only
// Commands that reports show, for a shell to read.
#pragma once

#include "text/foreign_text.hpp"

#include <string>
#include <string_view>

namespace stockcheck::cli {

/// A text as one word of a command: in quotes if it has anything in it that a shell might take for
/// something else. Bytes that no terminal should get are written as bash's $'\x1b' writes them,
/// which is the form of text/foreign_text.hpp.
inline std::string shell_word(std::string_view text) {
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-+,:@%=";
  if (!text.empty() && text.find_first_not_of(plain) == std::string_view::npos)
    return std::string(text);
  std::string quoted;
  for (const char c : text) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  const std::string shown = text::in_one_line(quoted);
  if (shown != quoted) return "$'" + shown + "'";
  std::string word = "'";
  for (const char c : text) {
    if (c == '\'')
      word += "'\\''";
    else
      word += c;
  }
  return word + "'";
}

}  // namespace stockcheck::cli
