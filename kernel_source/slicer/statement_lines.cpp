// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/slicer/statement_lines.hpp"

#include "kernel_source/slicer/c_directives.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace stockcheck::kernel_source {

namespace {

class spelled_tokens {
 public:
  explicit spelled_tokens(const std::string& text) : text_(text) {}
  [[nodiscard]] std::string_view of(const c_token& token) const {
    return std::string_view(text_).substr(token.begin, token.end - token.begin);
  }
  template <std::size_t N>
  [[nodiscard]] bool is_one_of(const c_token& token,
                               const std::array<std::string_view, N>& words) const {
    return std::ranges::find(words, of(token)) != words.end();
  }

 private:
  const std::string& text_;
};

bool is_word(const c_token& token) {
  return token.kind == token_kind::identifier || token.kind == token_kind::keyword;
}

bool is_passive(std::span<const c_token> tokens, const spelled_tokens& spelled) {
  static constexpr std::array<std::string_view, 9> frame{"{",     "}",        "else",   "do", ";",
                                                         "break", "continue", "return", ":"};
  static constexpr std::array<std::string_view, 3> no_declaration{"return", "goto", "case"};
  static constexpr std::array<std::string_view, 6> of_declarations{"*", ",", ";", "[", "]", ":"};
  if (std::ranges::all_of(tokens, [&](const c_token& t) { return spelled.is_one_of(t, frame); }))
    return true;
  const c_token& first = tokens.front();
  if (spelled.of(first) == "goto" || spelled.of(first) == "case" ||
      spelled.of(first) == "default" || (tokens.size() == 2 && spelled.of(tokens[1]) == ":"))
    return true;
  if (spelled.is_one_of(first, no_declaration) || !is_word(first)) return false;
  if (tokens.size() < 3) return false;
  return std::ranges::all_of(tokens, [&](const c_token& t) {
    return is_word(t) || t.kind == token_kind::literal || spelled.is_one_of(t, of_declarations);
  });
}

}  // namespace

std::vector<statement_lines> statements_of(const std::string& name, const std::string& text) {
  static constexpr std::array<std::string_view, 4> ends{";", "{", "}", ":"};
  const parted_tokens parts = parted(text, tokens_of(name, text));
  const std::span<const c_token> code = parts.code;
  const spelled_tokens spelled(text);
  std::vector<statement_lines> statements;
  for (std::size_t begin = 0; begin < code.size();) {
    std::size_t end = begin + 1;
    const auto ends_here = [&] {
      if (end == code.size()) return true;
      const bool ends_line = code[end].line != code[end - 1].last_line;
      return ends_line && spelled.is_one_of(code[end - 1], ends);
    };
    while (!ends_here()) ++end;
    const auto tokens = code.subspan(begin, end - begin);
    statement_lines statement{.is_passive = is_passive(tokens, spelled)};
    for (const c_token& token : tokens)
      for (unsigned line = token.line; line <= token.last_line; ++line)
        if (statement.lines.empty() || statement.lines.back() < line)
          statement.lines.push_back(line);
    statements.push_back(std::move(statement));
    begin = end;
  }
  return statements;
}

}  // namespace stockcheck::kernel_source
