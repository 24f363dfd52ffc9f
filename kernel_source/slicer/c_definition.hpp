// SPDX-License-Identifier: GPL-2.0-only
// What a C file defines at file level, and the names that each definition uses.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace stockcheck::kernel_source {

enum class definition_kind : unsigned char {
  function,
  /// A function's declaration without its body.
  prototype,
  variable,
  /// `extern` and no initialiser.
  declared_variable,
  /// A struct, union or enum with its body, and what is declared along with it.
  tag,
  /// `struct name;`
  declared_tag,
  type_alias,
  /// #define or #undef.
  macro,
  /// A macro's use that names nothing, such as EXPORT_SYMBOL(name); or static_assert.
  invocation,
};

enum class use_form : unsigned char {
  call,
  /// struct, union or enum; the use's name has the word: "struct page".
  tag,
  type,
  value,
  /// The name in guard(name), scoped_guard(name, ...), CLASS(name, ...) and __free(name).
  cleanup,
  /// In #if, #ifdef or #elif.
  condition,
};

/// An identifier that a definition uses and does not declare itself: no member, no label, no
/// parameter and no local variable. `begin` is its offset in the file.
struct name_use {
  std::string name;
  use_form form;
  std::size_t begin;
  unsigned line;
};

/// The bytes [begin, end) of a file, without comments before and after. Where a conditional starts
/// within it, it goes on to the conditional's end, and the other way round.
struct definition {
  definition_kind kind = definition_kind::variable;
  /// All that it declares at file level, such as "first" and "second" for `int first, second;`, and
  /// "struct page", "enum zone" for tags; enumerators, too.
  std::vector<std::string> names;
  std::size_t begin = 0;
  std::size_t end = 0;
  unsigned line = 0;
  unsigned last_line = 0;
  std::vector<name_use> uses;

  /// False for what only says that it is defined elsewhere.
  [[nodiscard]] bool is_complete() const {
    return kind != definition_kind::prototype && kind != definition_kind::declared_variable &&
           kind != definition_kind::declared_tag;
  }
};

}  // namespace stockcheck::kernel_source
