// SPDX-License-Identifier: GPL-2.0-only
// Reads one file-level declaration or macro of a C file: what it is, its names and what it uses.
#include "kernel_source/slicer/c_reader.hpp"

#include "kernel_source/slicer/c_scanner.hpp"

#include <algorithm>

namespace stockcheck::kernel_source {
namespace {

class declaration_reader {
 public:
  declaration_reader(token_view tokens, const segment& found, definition& result)
      : tokens_{tokens}, found_{found}, result_{result}, scanner_{tokens, result} {}

  void read() {
    const std::size_t first = found_.first;
    const std::size_t end = declarator_end(tokens_, first, found_.body);
    const auto name = declared_name(tokens_, first, end, false);
    if (found_.body != found_.last) {
      function(end, name);
    } else if (const auto macro = invoked_macro(); macro && !name) {
      invocation(*macro);
    } else {
      result_.kind = kind_of(end, name);
      if (result_.kind == definition_kind::declared_tag)
        scanner_.declare(std::string{tokens_.spelling(first)} + " " +
                         std::string{tokens_.spelling(first + 1)});
      else
        for (std::size_t i = first; i < found_.last;)
          i = std::max(i + 1, scanner_.declaration(i, found_.last, c_scanner::names::visible));
    }
  }

 private:
  void function(std::size_t end, std::optional<std::size_t> name) {
    result_.kind = definition_kind::function;
    std::size_t i = found_.first;
    if (name) {
      scanner_.declarator(i, *name, {}, c_scanner::names::hidden);
      scanner_.declare(std::string{tokens_.spelling(*name)});
      i = tokens_.after_group(*name + 1, end);
      scanner_.open_scope();
      scanner_.parameters(*name + 2, i - 1, c_scanner::names::visible);
    } else if (const auto macro = invoked_macro()) {
      // SYSCALL_DEFINE1(name, type, parameter)
      i = scanner_.declaring_macro(*macro, end, name_argument(tokens_.spelling(*macro)));
      scanner_.open_scope();
    }
    scanner_.declarator(i, end, {}, c_scanner::names::hidden);
    // Where a conditional holds several bodies, they all lie between the head and the end.
    scanner_.code(end, found_.last, true);
  }

  /// The macro of `static MACRO(...)`, which no type stands before.
  [[nodiscard]] std::optional<std::size_t> invoked_macro() const {
    for (std::size_t i = found_.first; i < found_.last; ++i) {
      const std::string_view word = tokens_.spelling(i);
      if (tokens_.is_identifier(i) && !is_attribute(word))
        return tokens_.is(i + 1, "(") ? std::optional{i} : std::nullopt;
      if (!is_specifier_keyword(word) && !is_attribute(word)) return {};
    }
    return {};
  }

  void invocation(std::size_t macro) {
    const std::string_view word = tokens_.spelling(macro);
    std::size_t i = macro;
    if (!is_declaring_macro(word)) {
      result_.kind = definition_kind::invocation;
    } else {
      const bool is_elsewhere = word.starts_with("DECLARE_PER_CPU") ||
                                word.starts_with("DECLARE_STATIC_KEY") ||
                                tokens_.is(found_.first, "extern");
      result_.kind = is_elsewhere ? definition_kind::declared_variable : definition_kind::variable;
      i = scanner_.declaring_macro(macro, found_.last, name_argument(word));
    }
    scanner_.code(i, found_.last, false);
  }

  [[nodiscard]] definition_kind kind_of(std::size_t end, std::optional<std::size_t> name) const {
    const std::size_t first = found_.first;
    bool is_extern = false;
    for (std::size_t i = first; i < end; ++i) {
      const std::string_view word = tokens_.spelling(i);
      if (word == "typedef") return definition_kind::type_alias;
      if (word == "{") return definition_kind::tag;
      if (word == "(" || word == "[") i = tokens_.after_group(i, end) - 1;
      is_extern = is_extern || word == "extern";
    }
    if (!name && is_tag_keyword(tokens_.spelling(first)) && first + 3 == found_.last)
      return definition_kind::declared_tag;
    if (!name) return definition_kind::invocation;
    if (tokens_.is(*name + 1, "(") && *name + 1 < end) return definition_kind::prototype;
    const bool is_initialised = end < found_.last && tokens_.is(end, "=");
    return is_extern && !is_initialised ? definition_kind::declared_variable
                                        : definition_kind::variable;
  }

  token_view tokens_;
  const segment& found_;
  definition& result_;
  c_scanner scanner_;
};

}  // namespace

definition read_declaration(std::string_view text, const parted_tokens& parts,
                            const segment& found) {
  const c_token& first = parts.code[found.first];
  const c_token& last = parts.code[found.last - 1];
  definition result;
  result.begin = first.begin;
  result.end = last.end;
  result.line = first.line;
  result.last_line = last.last_line;
  declaration_reader{token_view{text, parts.code}, found, result}.read();
  return result;
}

definition read_macro(std::string_view text, const directive& found) {
  definition result;
  result.kind = definition_kind::macro;
  result.begin = found.begin;
  result.end = found.end;
  result.line = found.line;
  result.last_line = found.last_line;
  const token_view tokens{text, found.tokens};
  if (tokens.size() == 0) return result;
  c_scanner scanner{tokens, result};
  scanner.declare(std::string{tokens.spelling(0)});
  if (found.kind == directive_kind::undef) return result;
  std::size_t body = 1;
  scanner.open_scope();
  if (tokens.is(1, "(") && tokens[1].begin == tokens[0].end) {
    body = tokens.after_group(1, tokens.size());
    for (std::size_t i = 2; i + 1 < body; ++i)
      if (tokens.is_identifier(i) || tokens.is_keyword(i))
        scanner.declare(std::string{tokens.spelling(i)});
  }
  scanner.code(body, tokens.size(), true);
  return result;
}

std::vector<name_use> conditions_of(std::string_view text, const directive& found) {
  definition result;
  const token_view tokens{text, found.tokens};
  c_scanner scanner{tokens, result};
  for (std::size_t i = 0; i < tokens.size(); ++i)
    if (tokens.is_identifier(i)) scanner.use(i, use_form::condition);
  return result.uses;
}

}  // namespace stockcheck::kernel_source
