// SPDX-License-Identifier: GPL-2.0-only
// A C file's tokens, parted into code and preprocessor directives.
#include "kernel_source/slicer/c_directives.hpp"

#include <algorithm>
#include <map>
#include <string_view>

namespace stockcheck::kernel_source {
namespace {

using token_iterator = std::vector<c_token>::const_iterator;

std::string_view text_of(const std::string& text, const c_token& token) {
  return std::string_view{text}.substr(token.begin, token.end - token.begin);
}

directive_kind kind_of(std::string_view name) {
  static const std::map<std::string_view, directive_kind> kinds{
      {"if", directive_kind::if_},         {"ifdef", directive_kind::if_},
      {"ifndef", directive_kind::if_},     {"else", directive_kind::else_},
      {"elif", directive_kind::else_},     {"elifdef", directive_kind::else_},
      {"elifndef", directive_kind::else_}, {"endif", directive_kind::endif},
      {"define", directive_kind::define},  {"undef", directive_kind::undef}};
  const auto found = kinds.find(name);
  return found == kinds.end() ? directive_kind::other : found->second;
}

/// Where the line that holds `from` ends, lines continued by a backslash being one.
std::size_t logical_line_end(const std::string& text, std::size_t from) {
  for (std::size_t end = text.find('\n', from);; end = text.find('\n', end + 1)) {
    if (end == std::string::npos) return text.size();
    if (end == 0 || text[end - 1] != '\\') return end;
  }
}

/// The directive whose # is `first`; `first` moves to the token after it.
directive take_directive(const std::string& text, token_iterator& first, token_iterator last) {
  directive result;
  result.begin = first->begin;
  result.line = first->line;
  result.end = logical_line_end(text, first->begin);
  ++first;
  bool is_named = false;
  for (; first != last && first->begin < result.end; ++first) {
    // A comment may go on after the line's end, and so does the directive then.
    if (first->end > result.end) result.end = logical_line_end(text, first->end);
    if (first->kind == token_kind::comment) continue;
    if (!is_named) {
      result.name = text_of(text, *first);
      result.kind = kind_of(result.name);
    }
    if (is_named) result.tokens.push_back(*first);
    is_named = true;
  }
  const auto lines = std::ranges::count(
      std::string_view{text}.substr(result.begin, result.end - result.begin), '\n');
  result.last_line = result.line + static_cast<unsigned>(lines);
  return result;
}

/// #ifndef NAME around all of the code, with #define NAME as the first thing in it.
bool is_include_guard(const std::string& text, const parted_tokens& parts,
                      const conditional& group) {
  if (!group.is_closed || group.directives.size() != 2) return false;
  const std::size_t first = group.directives.front();
  const std::size_t last = group.directives.back();
  const directive& opening = parts.directives[first];
  const directive& closing = parts.directives[last];
  if (first + 1 == last || opening.tokens.size() != 1) return false;
  const directive& inner = parts.directives[first + 1];
  if (inner.kind != directive_kind::define || inner.tokens.size() != 1) return false;
  if (text_of(text, opening.tokens[0]) != text_of(text, inner.tokens[0])) return false;
  return parts.code.empty() ||
         (parts.code.front().begin > inner.end && parts.code.back().end < closing.begin);
}

}  // namespace

parted_tokens parted(const std::string& text, const std::vector<c_token>& tokens) {
  parted_tokens parts;
  unsigned previous_line = 0;
  for (auto token = tokens.begin(); token != tokens.end();) {
    const bool starts_line = token->line != previous_line;
    if (starts_line && text_of(text, *token) == "#") {
      parts.directives.push_back(take_directive(text, token, tokens.end()));
      previous_line = parts.directives.back().last_line;
      continue;
    }
    if (token->kind != token_kind::comment) {
      parts.code.push_back(*token);
      previous_line = token->last_line;
    }
    ++token;
  }
  return parts;
}

std::vector<conditional> conditionals_of(const std::string& text, const parted_tokens& parts) {
  std::vector<conditional> result;
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < parts.directives.size(); ++i) {
    const directive_kind kind = parts.directives[i].kind;
    if (kind == directive_kind::if_) {
      open.push_back(result.size());
      result.emplace_back();
    } else if (open.empty() || (kind != directive_kind::else_ && kind != directive_kind::endif)) {
      continue;
    }
    conditional& group = result[open.back()];
    group.directives.push_back(i);
    if (kind != directive_kind::endif) continue;
    group.is_closed = true;
    group.is_include_guard = is_include_guard(text, parts, group);
    open.pop_back();
  }
  return result;
}

}  // namespace stockcheck::kernel_source
