// SPDX-License-Identifier: GPL-2.0-only
// Cuts a C file into its file-level declarations by brackets and semicolons alone, so that unknown
// macros and types do not matter.
#include "kernel_source/slicer/c_segments.hpp"

#include "kernel_source/slicer/c_declarator.hpp"

#include <algorithm>
#include <optional>

namespace stockcheck::kernel_source {
namespace {

class segmenter {
 public:
  segmenter(std::string_view text, const parted_tokens& parts)
      : parts_{parts}, tokens_{text, parts.code} {}

  std::vector<segment> run() {
    auto next = parts_.directives.begin();
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      for (; next != parts_.directives.end() && next->begin < tokens_[i].begin; ++next)
        conditional(*next);
      token(i, next != parts_.directives.end() ? next->begin : std::string::npos);
    }
    if (state_.is_open) finish(tokens_.size());
    return std::move(segments_);
  }

 private:
  /// What is known of the declaration that is being read.
  struct reading {
    bool is_open = false;
    std::size_t first = 0;
    std::optional<std::size_t> body;
    std::size_t depth = 0;
  };

  /// Every branch of a conditional starts where its #if stood, and the last one is gone on with.
  void conditional(const directive& found) {
    if (found.kind == directive_kind::if_) {
      at_if_.push_back(state_);
    } else if (!at_if_.empty()) {
      if (found.kind == directive_kind::else_) state_ = at_if_.back();
      if (found.kind == directive_kind::endif) at_if_.pop_back();
    }
  }

  void token(std::size_t i, std::size_t next_directive) {
    const std::string_view word = tokens_.spelling(i);
    if (!state_.is_open) {
      if (word == ";" || word == "}") return;
      state_ = {.is_open = true, .first = i, .body = {}, .depth = 0};
    }
    if (word == "(" || word == "[" || word == "{") {
      if (word == "{" && state_.depth == 0 && is_body(i)) state_.body = i;
      ++state_.depth;
    } else if (word == ")" || word == "]" || word == "}") {
      if (state_.depth > 0) --state_.depth;
      if (state_.depth > 0) return;
      if (word == "}" ? state_.body.has_value() : is_invocation(i, next_directive)) finish(i + 1);
    } else if (word == ";" && state_.depth == 0) {
      finish(i + 1);
    }
  }

  /// Whether a brace outside of all brackets opens a function's body, rather than a struct's or an
  /// initialiser.
  [[nodiscard]] bool is_body(std::size_t brace) const {
    bool has_parameters = false;
    bool in_tag = false;
    for (std::size_t i = state_.first; i < brace; ++i) {
      const std::string_view word = tokens_.spelling(i);
      if (word == "=") return false;
      if (is_tag_keyword(word)) in_tag = true;
      if (word == "*") in_tag = false;
      if (word == "(" || word == "[" || word == "{") {
        const bool is_list = word == "(" && i > state_.first &&
                             !is_attribute(tokens_.spelling(i - 1)) &&
                             (tokens_.is_identifier(i - 1) || tokens_.is(i - 1, ")"));
        has_parameters = has_parameters || is_list;
        if (is_list) in_tag = false;
        i = tokens_.after_group(i, brace) - 1;
      }
    }
    return has_parameters && !in_tag;
  }

  /// Whether MACRO(...), which ends at `closing` and has no semicolon, is all of a declaration: the
  /// next one starts in a later line.
  [[nodiscard]] bool is_invocation(std::size_t closing, std::size_t next_directive) const {
    const std::size_t first = state_.first;
    const std::string_view name = tokens_.spelling(first);
    const bool is_macro = std::ranges::none_of(name, [](char c) { return c >= 'a' && c <= 'z'; }) ||
                          name.ends_with("_initcall");
    if (!is_macro || !tokens_.is(closing, ")") ||
        tokens_.after_group(first + 1, closing + 1) != closing + 1 || !tokens_.is(first + 1, "("))
      return false;
    if (closing + 1 == tokens_.size()) return true;
    const c_token& next = tokens_[closing + 1];
    if (next.line == tokens_[closing].line) return false;
    return next.begin > next_directive || next.kind == token_kind::identifier ||
           next.kind == token_kind::keyword;
  }

  void finish(std::size_t last) {
    segments_.push_back({.first = state_.first, .last = last, .body = state_.body.value_or(last)});
    state_ = {};
  }

  const parted_tokens& parts_;
  token_view tokens_;
  reading state_;
  std::vector<reading> at_if_;
  std::vector<segment> segments_;
};

}  // namespace

std::vector<segment> segments_of(std::string_view text, const parted_tokens& parts) {
  return segmenter{text, parts}.run();
}

}  // namespace stockcheck::kernel_source
