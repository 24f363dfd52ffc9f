// SPDX-License-Identifier: GPL-2.0-only
// Finds the names that C code uses, and the ones that it declares itself.
#include "kernel_source/slicer/c_scanner.hpp"

#include <algorithm>
#include <utility>

namespace stockcheck::kernel_source {
namespace {

bool is_compilers_own(std::string_view name) {
  static const std::set<std::string_view> known{
      "__func__",   "__FUNCTION__", "__FILE__", "__LINE__",      "__COUNTER__", "__VA_ARGS__",
      "__VA_OPT__", "defined",      "_T",       "__attribute__", "__attribute"};
  return name.starts_with("__builtin_") || known.contains(name);
}

/// Macros whose first argument names a class of the kernel's linux/cleanup.h.
bool takes_cleanup_class(std::string_view name) {
  static const std::set<std::string_view> known{"guard",  "scoped_guard", "scoped_cond_guard",
                                                "__free", "CLASS",        "ACQUIRE"};
  return known.contains(name);
}

/// list_for_each_entry(entry, head, member), kfree_rcu(object, member).
bool takes_member_last(std::string_view name) {
  const auto contains = [&](std::string_view part) {
    return name.find(part) != std::string_view::npos;
  };
  return name == "kfree_rcu" || name == "kvfree_rcu" || name == "rb_entry" ||
         (contains("list_") && contains("_entry"));
}

/// Where an expression ends: at a comma, a semicolon or the end of the brackets around it.
std::size_t expression_end(const token_view& tokens, std::size_t first, std::size_t last) {
  for (std::size_t i = first; i < last; ++i) {
    const std::string_view word = tokens.spelling(i);
    if (word == "," || word == ";" || word == ")" || word == "]" || word == "}") return i;
    if (word == "(" || word == "[" || word == "{") i = tokens.after_group(i, last) - 1;
  }
  return last;
}

}  // namespace

std::size_t name_argument(std::string_view macro) {
  return macro.find("PER_CPU") != std::string_view::npos || macro == "CLASS" ? 1 : 0;
}

void c_scanner::declare(std::string name) {
  if (scopes_.size() == 1) result_.names.push_back(name);
  scopes_.back().insert(std::move(name));
}

void c_scanner::use(std::size_t i, std::string name, use_form form) {
  const auto declares = [&](const auto& scope) { return scope.contains(name); };
  if (is_compilers_own(name) || std::ranges::any_of(scopes_, declares)) return;
  // In a macro it is only a part of a name.
  if (tokens_.is(i + 1, "##") || (i > 0 && tokens_.is(i - 1, "##"))) return;
  result_.uses.push_back({std::move(name), form, tokens_[i].begin, tokens_[i].line});
}

void c_scanner::code(std::size_t first, std::size_t last, bool has_statements) {
  std::vector<bool> is_block{has_statements};
  bool starts_statement = has_statements;
  bool in_case = false;
  for (std::size_t i = first; i < last; ++i) {
    if (starts_statement) {
      if (const auto next = declaring_statement(i, last)) {
        i = *next - 1;
        starts_statement = tokens_.is(i, ";") || tokens_.is(i, ":");
        continue;
      }
    }
    const std::string_view word = tokens_.spelling(i);
    starts_statement = false;
    if (word == "{") {
      const bool is_initialiser =
          i > first && (tokens_.is(i - 1, "=") || (!is_block.back() && !tokens_.is(i - 1, "(")));
      is_block.push_back(!is_initialiser);
      open_scope();
      starts_statement = !is_initialiser;
    } else if (word == "}" && is_block.size() > 1) {
      is_block.pop_back();
      scopes_.pop_back();
      starts_statement = is_block.back();
    } else if (word == ";" || (word == ":" && std::exchange(in_case, false))) {
      starts_statement = is_block.back();
    } else if (word == "case" || word == "default") {
      in_case = true;
    } else if (word == "for") {
      starts_statement = tokens_.is(++i, "(");
    } else if (word == "goto") {
      ++i;
    } else if (is_tag_keyword(word)) {
      i = tag(i, last) - 1;
    } else if (tokens_.is_identifier(i)) {
      i = identifier(i, last) - 1;
    }
  }
  // What conditionals left open.
  for (; is_block.size() > 1; is_block.pop_back()) scopes_.pop_back();
}

bool c_scanner::is_member(std::size_t i) const {
  if (i == 0) return false;
  if (member_arguments_.contains(i)) return true;
  if (tokens_.is(i - 1, ".") || tokens_.is(i - 1, "->")) return true;
  // container_of(pointer, struct type, member)
  return i > 2 && tokens_.is(i - 1, ",") && is_tag_keyword(tokens_.spelling(i - 3)) &&
         (tokens_.is(i + 1, ")") || tokens_.is(i + 1, ",") || tokens_.is(i + 1, ".") ||
          tokens_.is(i + 1, "["));
}

void c_scanner::skip_member_argument(std::size_t call, std::size_t last) {
  const std::size_t end = tokens_.after_group(call + 1, last);
  if (end > call + 4 && tokens_.is_identifier(end - 2) && tokens_.is(end - 3, ","))
    member_arguments_.insert(end - 2);
}

std::size_t c_scanner::identifier(std::size_t i, std::size_t last) {
  if (is_member(i)) return i + 1;
  const bool is_call = tokens_.is(i + 1, "(") && i + 1 < last;
  if (is_call && takes_cleanup_class(tokens_.spelling(i)) && tokens_.is_identifier(i + 2)) {
    use(i, use_form::call);
    use(i + 2, use_form::cleanup);
    return i + 3;
  }
  if (is_call && takes_member_last(tokens_.spelling(i))) skip_member_argument(i, last);
  const bool is_cast = i > 0 && tokens_.is(i - 1, "(") && tokens_.is(i + 1, "*") &&
                       (tokens_.is(i + 2, ")") || tokens_.is(i + 2, "*"));
  const use_form form = is_cast ? use_form::type : use_form::value;
  use(i, is_call ? use_form::call : form);
  return i + 1;
}

std::size_t c_scanner::tag(std::size_t i, std::size_t last) {
  const std::string word{tokens_.spelling(i)};
  ++i;
  std::optional<std::size_t> name;
  for (; i < last && tokens_.is_identifier(i) && (!name || is_attribute(tokens_.spelling(i)));
       ++i) {
    if (!is_attribute(tokens_.spelling(i))) {
      name = i;
    } else if (tokens_.is(i + 1, "(")) {
      const std::size_t end = tokens_.after_group(i + 1, last);
      code(i, end, false);
      i = end - 1;
    } else {
      use(i, use_form::value);
    }
  }
  const std::string spelling = name ? word + " " + std::string{tokens_.spelling(*name)} : "";
  if (i >= last || !tokens_.is(i, "{")) {
    if (name) use(*name, spelling, use_form::tag);
    return i;
  }
  if (name) declare(spelling);
  const std::size_t end = tokens_.after_group(i, last);
  word == "enum" ? enumerators(i + 1, end - 1) : members(i + 1, end - 1);
  return end;
}

void c_scanner::members(std::size_t first, std::size_t last) {
  for (std::size_t i = first; i < last;) {
    const bool is_macro =
        tokens_.is_identifier(i) && tokens_.is(i + 1, "(") && !is_attribute(tokens_.spelling(i));
    if (is_macro) {
      // CACHELINE_PADDING(name); DECLARE_BITMAP(name, bits);
      use(i, use_form::call);
      const std::size_t end = tokens_.after_group(i + 1, last);
      const std::size_t comma = expression_end(tokens_, i + 2, end);
      if (comma < end) code(comma, end, false);
      i = end;
    } else {
      const std::size_t next = declaration(i, last, names::hidden);
      i = next == i ? i + 1 : next;
    }
  }
}

void c_scanner::enumerators(std::size_t first, std::size_t last) {
  for (std::size_t i = first; i < last; ++i) {
    if (tokens_.is(i, "=")) {
      const std::size_t end = expression_end(tokens_, i + 1, last);
      code(i + 1, end, false);
      i = end;
    } else if (tokens_.is_identifier(i)) {
      if (tokens_.is(i + 1, "("))
        use(i, use_form::call);
      else
        declare(std::string{tokens_.spelling(i)});
    }
  }
}

std::optional<std::size_t> c_scanner::declaring_statement(std::size_t i, std::size_t last) {
  const bool is_identifier = tokens_.is_identifier(i);
  if (is_identifier && tokens_.is(i + 1, ":")) return i + 2;
  const std::string_view word = tokens_.spelling(i);
  if (is_identifier && tokens_.is(i + 1, "(") && (is_declaring_macro(word) || word == "CLASS"))
    return declaring_macro(i, last, name_argument(word));
  if (!is_declaration(i, last)) return {};
  const std::size_t end = declaration(i, last, names::visible);
  return end == i ? std::nullopt : std::optional{end};
}

std::size_t c_scanner::declaring_macro(std::size_t i, std::size_t last, std::size_t argument) {
  const std::size_t end = tokens_.after_group(i + 1, last);
  use(i, use_form::call);
  std::size_t first = i + 2;
  for (std::size_t k = 0; k < argument && first < end; ++k)
    first = expression_end(tokens_, first, end) + 1;
  if (tokens_.is_identifier(first) && first < end) declare(std::string{tokens_.spelling(first)});
  code(i + 2, end, false);
  return end;
}

bool c_scanner::is_declaration(std::size_t i, std::size_t last) const {
  std::string_view word = tokens_.spelling(i);
  if (is_type_keyword(word) || is_specifier_keyword(word)) return true;
  if (!tokens_.is_identifier(i)) return false;
  for (++i; i < last; ++i) {
    word = tokens_.spelling(i);
    if (word != "*" && !is_specifier_keyword(word) && !is_attribute(word)) break;
  }
  if (i >= last || !tokens_.is_identifier(i)) return false;
  const std::string_view next = tokens_.spelling(i + 1);
  return next == "=" || next == ";" || next == "," || next == "[" || is_attribute(next);
}

std::size_t c_scanner::declaration(std::size_t first, std::size_t last, names visibility) {
  for (bool is_typed = false;; is_typed = true) {
    const std::size_t end = declarator_end(tokens_, first, last);
    declarator(first, end, declared_name(tokens_, first, end, is_typed), visibility);
    first = end;
    if (first < last && (tokens_.is(first, "=") || tokens_.is(first, ":"))) {
      const std::size_t stop = expression_end(tokens_, first + 1, last);
      code(first, stop, false);
      first = stop;
    }
    if (first >= last || !tokens_.is(first, ","))
      return first < last && tokens_.is(first, ";") ? first + 1 : first;
    ++first;
  }
}

void c_scanner::declarator(std::size_t first, std::size_t last, std::optional<std::size_t> name,
                           names visibility) {
  for (std::size_t i = first; i < last; ++i) {
    const std::string_view word = tokens_.spelling(i);
    if (i == name) {
      if (visibility == names::visible) declare(std::string{word});
    } else if (is_tag_keyword(word)) {
      i = tag(i, last) - 1;
    } else if (word == "(" || word == "[") {
      const std::size_t end = tokens_.after_group(i, last);
      if (name && i < *name && *name < end)
        declarator(i + 1, end - 1, name, visibility);
      else if (holds_parameters(first, i))
        parameters(i + 1, end - 1, names::hidden);
      else
        code(i + 1, end - 1, false);
      i = end - 1;
    } else if (tokens_.is_identifier(i)) {
      const bool is_macro = tokens_.is(i + 1, "(") && i + 1 < last && !tokens_.is(i + 2, "*");
      if (is_attribute(word) || is_macro)
        i = identifier(i, last) - 1;
      else
        use(i, use_form::type);
    }
  }
}

bool c_scanner::holds_parameters(std::size_t first, std::size_t bracket) const {
  if (tokens_.is(bracket, "[")) return false;
  return bracket == first ||
         (!is_attribute(tokens_.spelling(bracket - 1)) && !tokens_.is_keyword(bracket - 1));
}

void c_scanner::parameters(std::size_t first, std::size_t last, names visibility) {
  while (first < last) {
    const std::size_t end = expression_end(tokens_, first, last);
    declarator(first, end, declared_name(tokens_, first, end, false), visibility);
    first = end + 1;
  }
}

}  // namespace stockcheck::kernel_source
