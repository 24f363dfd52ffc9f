// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/compile/refused_constructs.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

namespace stockcheck::kernel_source {

namespace {

/// Attributes that neither hide an access nor change which code runs.
constexpr std::array harmless_attributes{"access",
                                         "alloc_size",
                                         "always_inline",
                                         "aligned",
                                         "assume_aligned",
                                         "cleanup",
                                         "cold",
                                         "const",
                                         "counted_by",
                                         "deprecated",
                                         "designated_init",
                                         "error",
                                         "fallthrough",
                                         "flatten",
                                         "format",
                                         "format_arg",
                                         "gnu_inline",
                                         "hot",
                                         "leaf",
                                         "malloc",
                                         "may_alias",
                                         "maybe_unused",
                                         "nodiscard",
                                         "noinline",
                                         "nonnull",
                                         "nonstring",
                                         "noreturn",
                                         "nothrow",
                                         "packed",
                                         "pure",
                                         "returns_nonnull",
                                         "returns_twice",
                                         "sentinel",
                                         "transparent_union",
                                         "unused",
                                         "used",
                                         "warn_if_not_aligned",
                                         "warn_unused_result",
                                         "warning"};

/// Why the others are refused that are in use.
const std::map<std::string_view, const char*> attribute_reasons{
    {"no_sanitize", "hides accesses from the checker"},
    {"no_sanitize_thread", "hides accesses from the checker"},
    {"no_instrument_function", "hides accesses from the checker"},
    {"constructor", "makes code run before anything is checked"},
    {"destructor", "makes code run when everything is checked"},
    {"section", "puts code or data where nobody looks"},
    {"weak", "lets other code take its place"},
    {"alias", "gives code or data a second name"},
    {"ifunc", "lets other code take its place"},
    {"optimize", "merges accesses before the checker sees them"},
    {"target", "lets the compiler use instructions that the checker does not know"}};

/// Directives that change nothing but what is compiled.
constexpr std::array plain_directives{"define",  "undef", "if",      "ifdef",    "ifndef",
                                      "elif",    "else",  "elifdef", "elifndef", "endif",
                                      "include", "error", "warning"};

constexpr std::array shim_prefixes{"SC_",     "sc_",          "EXPLORE_", "explore_",
                                   "__tsan_", "__sanitizer_", "__ubsan_", "__asan_"};

/// What differs between the kernel's own build and this one.
constexpr std::array telling_names{"__has_feature",      "__has_extension",   "__has_include",
                                   "__has_include_next", "__has_embed",       "__OPTIMIZE__",
                                   "__NO_INLINE__",      "__PIC__",           "__pic__",
                                   "__GLIBC__",          "__INCLUDE_LEVEL__", "__BASE_FILE__",
                                   "__DATE__",           "__TIME__",          "__TIMESTAMP__"};

template <class Names>
bool is_one_of(std::string_view name, const Names& names) {
  return std::ranges::find(names, name) != names.end();
}
template <class Names>
bool begins_with_one_of(std::string_view name, const Names& names) {
  return std::ranges::any_of(names, [&](const char* of) { return name.starts_with(of); });
}

/// Without the backslashes at the ends of lines that it goes on over.
std::string joined(std::string_view spelling) {
  std::string result;
  for (std::size_t i = 0; i < spelling.size(); ++i) {
    if (spelling[i] == '\\') {
      const std::size_t next = spelling.find_first_not_of(" \t\r\f\v", i + 1);
      if (next != std::string_view::npos && spelling[next] == '\n') {
        i = next;
        continue;
      }
    }
    result += spelling[i];
  }
  return result;
}

/// "weak" for "__weak__".
std::string_view bare(std::string_view attribute) {
  if (attribute.size() > 4 && attribute.starts_with("__") && attribute.ends_with("__"))
    return attribute.substr(2, attribute.size() - 4);
  return attribute;
}

class reader {
 public:
  reader(const c_file& file, std::span<const text_range> compiled)
      : file_(file), compiled_(compiled) {}

  std::vector<std::string> run() && {
    for (const directive& found : file_.parts().directives)
      if (is_compiled(found.begin)) read(found);
    read(file_.parts().code);
    std::ranges::sort(refused_, {}, &refusal::at);
    std::vector<std::string> lines;
    for (const refusal& one : refused_)
      lines.push_back(fmt::format("{}:{}: {}", file_.name(), one.line, one.text));
    return lines;
  }

 private:
  struct refusal {
    std::size_t at;  ///< in the file
    unsigned line;
    std::string text;
  };

  [[nodiscard]] bool is_compiled(std::size_t at) const {
    return std::ranges::any_of(
        compiled_, [at](const text_range& part) { return part.begin <= at && at < part.end; });
  }
  [[nodiscard]] std::string spelling(const c_token& token) const {
    return joined(std::string_view(file_.text()).substr(token.begin, token.end - token.begin));
  }
  /// `where` is a token or a directive.
  void add(const auto& where, std::string text) {
    refused_.push_back({where.begin, where.line, std::move(text)});
  }

  void read(const directive& found) {
    if (is_one_of(found.name, plain_directives)) {
      // What an #include names is a file, and no code.
      if (found.name != "include") read(found.tokens);
    } else if (!found.name.empty()) {
      add(found, fmt::format("#{}: it can change what the compiler makes of the code, or which "
                             "line that is, in ways that are not seen here",
                             found.name));
    }
  }

  void read(const std::vector<c_token>& tokens) {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i].kind == token_kind::literal || tokens[i].kind == token_kind::comment) continue;
      if (is_compiled(tokens[i].begin)) read(tokens, i);
    }
  }

  void read(const std::vector<c_token>& tokens, std::size_t i) {
    const std::string word = spelling(tokens[i]);
    if (word == "asm" || word == "__asm" || word == "__asm__") {
      if (!is_barrier(tokens, i))
        add(tokens[i],
            "inline assembly that is no compiler barrier: what it does to memory, and to the "
            "machine, is not seen");
    } else if (word == "__attribute__" || word == "__attribute") {
      if (is(tokens, i + 1, "("))
        read_attributes(tokens, i + 1);
      else
        add(tokens[i], "attributes that a macro names: they are not known");
    } else if ((word == "[" || word == "<:") &&
               (is(tokens, i + 1, "[") || is(tokens, i + 1, "<:"))) {
      read_attributes(tokens, i);
    } else if (word == "__thread" || word == "_Thread_local") {
      add(tokens[i],
          fmt::format("{}: the kernel has no memory of a thread's own, and what is in it is "
                      "not seen",
                      word));
    } else if (word == "_Pragma" || word == "__pragma") {
      add(tokens[i], fmt::format("{}: it can change what the compiler makes of the code", word));
    } else if (word == "##" || word.starts_with("%:")) {
      add(tokens[i], fmt::format("{}: names that are put together are not read here", word));
    } else if (begins_with_one_of(word, shim_prefixes)) {
      add(tokens[i], fmt::format("{}: a name of the checker, which is none of the kernel's", word));
    } else if (word.starts_with("__SANITIZE_") || is_one_of(word, telling_names)) {
      add(tokens[i],
          fmt::format("{}: code that asks how it is compiled is not the kernel's when it is "
                      "checked",
                      word));
    }
  }

  [[nodiscard]] bool is(const std::vector<c_token>& tokens, std::size_t i,
                        std::string_view word) const {
    return i < tokens.size() && spelling(tokens[i]) == word;
  }

  /// asm volatile("" ...): there is no instruction in it.
  [[nodiscard]] bool is_barrier(const std::vector<c_token>& tokens, std::size_t i) const {
    static constexpr std::array qualifiers{"volatile", "__volatile__", "__volatile",
                                           "inline",   "__inline__",   "__inline"};
    for (++i; i < tokens.size() && is_one_of(spelling(tokens[i]), qualifiers);) ++i;
    return is(tokens, i, "(") && is(tokens, i + 1, "\"\"") &&
           (is(tokens, i + 2, ":") || is(tokens, i + 2, "::") || is(tokens, i + 2, ")"));
  }

  /// The names in two pairs of brackets, of which the first begins at token `i`.
  void read_attributes(const std::vector<c_token>& tokens, std::size_t i) {
    if (i >= tokens.size()) return;
    std::size_t depth = 0;
    bool begins_name = false;
    do {
      const std::string word = spelling(tokens[i]);
      const bool is_namespace = is(tokens, i + 1, "::") || is(tokens, i + 1, ":");
      if (begins_name && depth == 2 && tokens[i].kind != token_kind::punctuation && !is_namespace)
        attribute(tokens[i], bare(word));
      begins_name =
          word == "(" || word == "[" || word == "<:" || word == "," || word == ":" || word == "::";
      if (word == "(" || word == "[" || word == "<:") ++depth;
      if (word == ")" || word == "]" || word == ":>") --depth;
    } while (depth != 0 && ++i < tokens.size());
  }

  void attribute(const c_token& where, std::string_view name) {
    if (is_one_of(name, harmless_attributes)) return;
    const auto known = attribute_reasons.find(name);
    const std::string why = known == attribute_reasons.end()
                                ? std::string("it is not known to change nothing that is seen")
                                : fmt::format("it {}", known->second);
    add(where, fmt::format("the attribute {}: {}", name, why));
  }

  const c_file& file_;
  std::span<const text_range> compiled_;
  std::vector<refusal> refused_;
};

}  // namespace

std::vector<std::string> refused_constructs(const c_file& file,
                                            std::span<const text_range> compiled) {
  return reader(file, compiled).run();
}

void refuse(const std::vector<std::string>& lines) {
  if (!lines.empty()) throw refused_code(fmt::format("{}", fmt::join(lines, "\n")));
}

}  // namespace stockcheck::kernel_source
