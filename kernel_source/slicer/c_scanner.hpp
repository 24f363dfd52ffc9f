// SPDX-License-Identifier: GPL-2.0-only
// Finds the names that C code uses, and the ones that it declares itself.
#pragma once

#include "kernel_source/slicer/c_declarator.hpp"
#include "kernel_source/slicer/c_definition.hpp"

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace stockcheck::kernel_source {

/// Goes over tokens once and needs no type and no header: what is a declaration is told by its
/// shape. Names that are declared outside of all scopes are the definition's own names.
class c_scanner {
 public:
  /// Whether a declaration's names are seen by the code after it, or, as a struct's members, are
  /// not.
  enum class names : bool { hidden, visible };

  /// Both must outlive it; `result` gets names and uses.
  c_scanner(token_view tokens, definition& result) : tokens_{tokens}, result_{result} {
    scopes_.emplace_back();
  }

  void open_scope() { scopes_.emplace_back(); }
  void declare(std::string name);
  /// Unless it is declared in an open scope, or the compiler's own.
  void use(std::size_t i, use_form form) { use(i, std::string{tokens_.spelling(i)}, form); }

  /// Statements, or, without, an expression or the arguments of a macro.
  void code(std::size_t first, std::size_t last, bool has_statements);
  /// A declaration with its initialisers; gives the index after its semicolon.
  std::size_t declaration(std::size_t first, std::size_t last, names visibility);
  /// Types, attributes, tags and the name at the index `name`, if it has one.
  void declarator(std::size_t first, std::size_t last, std::optional<std::size_t> name,
                  names visibility);
  /// What stands between the brackets of a function's declarator.
  void parameters(std::size_t first, std::size_t last, names visibility);
  /// A macro that declares a variable, such as DEFINE_MUTEX(name): the name is the argument
  /// `argument`, counted from 0. Gives the index after the closing bracket.
  std::size_t declaring_macro(std::size_t i, std::size_t last, std::size_t argument);

 private:
  void use(std::size_t i, std::string name, use_form form);
  std::size_t identifier(std::size_t i, std::size_t last);
  /// struct, union or enum, with or without a body; gives the index after it.
  std::size_t tag(std::size_t i, std::size_t last);
  void members(std::size_t first, std::size_t last);
  void enumerators(std::size_t first, std::size_t last);
  /// If a statement that starts here declares something: the index after it.
  std::optional<std::size_t> declaring_statement(std::size_t i, std::size_t last);
  /// Whether a bracket of the declarator that starts at `first` opens a list of parameters, rather
  /// than an array's size or what belongs to an attribute or a keyword.
  [[nodiscard]] bool holds_parameters(std::size_t first, std::size_t bracket) const;
  [[nodiscard]] bool is_declaration(std::size_t i, std::size_t last) const;
  [[nodiscard]] bool is_member(std::size_t i) const;
  /// For the call of a macro that takes a member's name as its last argument: that argument.
  void skip_member_argument(std::size_t call, std::size_t last);

  token_view tokens_;
  definition& result_;
  std::vector<std::set<std::string, std::less<>>> scopes_;
  std::set<std::size_t> member_arguments_;
};

/// Which argument of a declaring macro is the name.
std::size_t name_argument(std::string_view macro);

}  // namespace stockcheck::kernel_source
