// SPDX-License-Identifier: GPL-2.0-only
// Which identifier of a C declaration is the name that it declares, types and attributes unknown.
#pragma once

#include "kernel_source/slicer/c_lexer.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace stockcheck::kernel_source {

/// Tokens of a file and their text. A cheap view: the file must outlive it.
class token_view {
 public:
  token_view(std::string_view text, std::span<const c_token> tokens)
      : text_{text}, tokens_{tokens} {}

  [[nodiscard]] std::size_t size() const { return tokens_.size(); }
  [[nodiscard]] const c_token& operator[](std::size_t i) const { return tokens_[i]; }
  /// Empty past the end, so that a caller can look ahead.
  [[nodiscard]] std::string_view spelling(std::size_t i) const {
    if (i >= tokens_.size()) return {};
    return text_.substr(tokens_[i].begin, tokens_[i].end - tokens_[i].begin);
  }
  [[nodiscard]] bool is(std::size_t i, std::string_view what) const { return spelling(i) == what; }
  [[nodiscard]] bool is_identifier(std::size_t i) const {
    return i < tokens_.size() && tokens_[i].kind == token_kind::identifier;
  }
  [[nodiscard]] bool is_keyword(std::size_t i) const {
    return i < tokens_.size() && tokens_[i].kind == token_kind::keyword;
  }
  /// For an opening bracket: the index after the one that closes it, or `last` if none does.
  [[nodiscard]] std::size_t after_group(std::size_t i, std::size_t last) const;

 private:
  std::string_view text_;
  std::span<const c_token> tokens_;
};

/// struct, union or enum.
bool is_tag_keyword(std::string_view word);
/// int, struct, typeof and the like: a declaration that has one needs no other type.
bool is_type_keyword(std::string_view word);
/// static, const, extern and the like.
bool is_specifier_keyword(std::string_view word);
/// Kernel macros that stand for attributes, such as __read_mostly and __printf.
bool is_attribute(std::string_view word);
/// Macros that declare a variable: DEFINE_MUTEX(name), LIST_HEAD(name), XA_STATE(name, ...).
bool is_declaring_macro(std::string_view word);

/// Where the declarator that starts at `first` ends: its = , ; : or a bracket's end.
std::size_t declarator_end(const token_view& tokens, std::size_t first, std::size_t last);

/// The index in [first, last), a declarator and the specifiers before it, of the name it declares;
/// none if it has none. `typed`: the type stands elsewhere, so that a sole identifier is the name.
std::optional<std::size_t> declared_name(const token_view& tokens, std::size_t first,
                                         std::size_t last, bool typed);

}  // namespace stockcheck::kernel_source
