// SPDX-License-Identifier: GPL-2.0-only
// Which identifier of a C declaration is the name that it declares, types and attributes unknown.
#include "kernel_source/slicer/c_declarator.hpp"

#include <algorithm>
#include <set>
#include <vector>

namespace stockcheck::kernel_source {
namespace {

using words = std::set<std::string_view>;

bool is_opening(std::string_view word) { return word == "(" || word == "[" || word == "{"; }
bool is_closing(std::string_view word) { return word == ")" || word == "]" || word == "}"; }

bool has_underscores(std::string_view word) { return word.starts_with("__"); }

bool is_typeof(std::string_view word) {
  return word == "typeof" || word == "__typeof" || word == "__typeof__" || word == "typeof_unqual";
}

/// `(*name)`, `(*name[3])(int)`, `(name)(int)`: the name in the brackets that start at `group`.
std::optional<std::size_t> name_in_brackets(const token_view& tokens, std::size_t group,
                                            std::size_t end) {
  if (!tokens.is(group, "(")) return {};
  if (tokens.is_identifier(group + 1) && group + 3 == end && tokens.is(end, "(")) return group + 1;
  if (!tokens.is(group + 1, "*")) return {};
  return declared_name(tokens, group + 2, end - 1, true);
}

/// The last one without underscores, or just the last one.
std::size_t likely_name(const token_view& tokens, std::span<const std::size_t> candidates) {
  for (std::size_t i = candidates.size(); i-- > 0;)
    if (!has_underscores(tokens.spelling(candidates[i]))) return candidates[i];
  return candidates.back();
}

/// Whether brackets after this identifier hold a function's parameters, not an attribute's
/// arguments.
bool takes_parameters(const token_view& tokens, std::size_t name, std::size_t last) {
  if (is_attribute(tokens.spelling(name))) return false;
  const std::size_t next = tokens.after_group(name + 1, last);
  if (next >= last) return true;
  const std::string_view word = tokens.spelling(next);
  if (word == "*" || is_type_keyword(word) || is_specifier_keyword(word)) return false;
  return !tokens.is_identifier(next) || has_underscores(word) || is_attribute(word);
}

}  // namespace

std::size_t token_view::after_group(std::size_t i, std::size_t last) const {
  std::size_t depth = 0;
  for (; i < last; ++i) {
    if (is_opening(spelling(i))) ++depth;
    if (is_closing(spelling(i)) && --depth == 0) return i + 1;
  }
  return last;
}

bool is_tag_keyword(std::string_view word) {
  return word == "struct" || word == "union" || word == "enum";
}

bool is_type_keyword(std::string_view word) {
  static const words known{"void",     "char",     "short",      "int",         "long",
                           "float",    "double",   "signed",     "unsigned",    "_Bool",
                           "bool",     "__signed", "__signed__", "__int128",    "_Complex",
                           "typeof",   "__typeof", "__typeof__", "__auto_type", "typeof_unqual",
                           "_Float16", "struct",   "union",      "enum"};
  return known.contains(word);
}

bool is_specifier_keyword(std::string_view word) {
  static const words known{"static",    "extern",        "typedef",      "inline",
                           "__inline",  "__inline__",    "const",        "__const",
                           "__const__", "volatile",      "__volatile__", "register",
                           "auto",      "restrict",      "__restrict",   "__restrict__",
                           "_Noreturn", "_Thread_local", "__thread",     "__extension__"};
  return known.contains(word);
}

bool is_attribute(std::string_view word) {
  static const words known{"__attribute__",
                           "__attribute",
                           "__read_mostly",
                           "__ro_after_init",
                           "__percpu",
                           "__rcu",
                           "__user",
                           "__kernel",
                           "__iomem",
                           "__force",
                           "__init",
                           "__exit",
                           "__initdata",
                           "__initconst",
                           "__meminit",
                           "__meminitdata",
                           "__cpuinit",
                           "__ref",
                           "__refdata",
                           "__always_inline",
                           "__always_unused",
                           "__must_check",
                           "__maybe_unused",
                           "__used",

                           "__weak",
                           "__cold",
                           "__hot",
                           "__pure",
                           "__const",
                           "__packed",
                           "__aligned",
                           "__section",
                           "__printf",
                           "__scanf",
                           "__malloc",
                           "__alloc_size",
                           "__realloc_size",
                           "__acquires",
                           "__releases",
                           "__acquire",
                           "__release",
                           "__cond_acquires",
                           "__must_hold",
                           "__free",
                           "__counted_by",
                           "__guarded_by",
                           "__nonnull",
                           "__no_sanitize",
                           "__noreturn",
                           "__bpf_kfunc",
                           "__deprecated",
                           "__private",
                           "__bitwise",
                           "__nocast",
                           "__no_kasan",
                           "__noclone",
                           "__visible",
                           "__data_racy",
                           "__latent_entropy",
                           "noinline",
                           "notrace",
                           "asmlinkage",
                           "noreturn",
                           "noinline_for_stack",
                           "__randomize_layout",
                           "__no_randomize_layout",
                           "__no_kcsan",
                           "__no_sanitize_memory"};
  return known.contains(word) || word.starts_with("____cacheline") ||
         word.starts_with("__cacheline");
}

bool is_declaring_macro(std::string_view word) {
  const bool is_upper = std::ranges::none_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
  return word.starts_with("DEFINE_") || word.starts_with("DECLARE_") ||
         (is_upper && (word.ends_with("_HEAD") || word.ends_with("_STATE") ||
                       word.ends_with("_ITERATOR") || word.ends_with("_ONSTACK")));
}

std::size_t declarator_end(const token_view& tokens, std::size_t first, std::size_t last) {
  bool in_tag = false;
  for (std::size_t i = first; i < last; ++i) {
    const std::string_view word = tokens.spelling(i);
    if (word == "=" || word == "," || word == ";" || word == ":" || is_closing(word)) return i;
    if (is_tag_keyword(word)) in_tag = true;
    if (word == "*") in_tag = false;
    if (word == "{" && !in_tag) return i;
    if (is_opening(word)) i = tokens.after_group(i, last) - 1;
    if (word == "{") in_tag = false;
  }
  return last;
}

std::optional<std::size_t> declared_name(const token_view& tokens, std::size_t first,
                                         std::size_t last, bool typed) {
  std::vector<std::size_t> candidates;
  for (std::size_t i = first; i < last; ++i) {
    const std::string_view word = tokens.spelling(i);
    if (is_opening(word)) {
      const std::size_t end = tokens.after_group(i, last);
      if (const auto name = name_in_brackets(tokens, i, end)) return name;
      i = end - 1;
    } else if (is_type_keyword(word)) {
      typed = true;
      if (is_tag_keyword(word) && tokens.is_identifier(i + 1)) ++i;
      if (is_typeof(word)) i = tokens.after_group(i + 1, last) - 1;
    } else if (tokens.is_identifier(i) && !is_attribute(word)) {
      const bool is_name = typed || !candidates.empty();
      if (is_name && tokens.is(i + 1, "(") && i + 1 < last && takes_parameters(tokens, i, last))
        return i;
      candidates.push_back(i);
    }
  }
  // The first of them is the type, then.
  const std::size_t types = typed ? 0 : 1;
  if (candidates.size() <= types) return {};
  return likely_name(tokens, std::span{candidates}.subspan(types));
}

}  // namespace stockcheck::kernel_source
