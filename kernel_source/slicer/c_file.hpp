// SPDX-License-Identifier: GPL-2.0-only
// A kernel C file: what it defines, where, and under which conditionals. Nothing is preprocessed.
#pragma once

#include "kernel_source/slicer/c_definition.hpp"
#include "kernel_source/slicer/c_directives.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stockcheck::kernel_source {

/// The bytes [begin, end) of a file.
struct text_range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Knows the file's declarations by their shape alone: no header and no macro needs to be known,
/// and the code of every branch of its conditionals is read. A name that only the expansion of a
/// macro makes, such as name##_lock, is not known. Const functions are thread-safe.
class c_file {
 public:
  /// The branch of a conditional: the index of the conditional and of the directive that opens the
  /// branch, among the conditional's directives.
  struct branch {
    std::size_t conditional;
    std::size_t directive;
    friend bool operator==(const branch&, const branch&) = default;
  };

  /// `name` is what #line directives and errors call the file, such as "mm/memcontrol.c". Throws
  /// source_error when libclang does not read it, or when it nests too deep to be C.
  static c_file parse(std::string name, std::string text);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& text() const { return text_; }
  /// All of its tokens but comments.
  [[nodiscard]] const parted_tokens& parts() const { return parts_; }

  /// In the order of their first byte. A definition may lie in another one: a macro in a struct.
  [[nodiscard]] std::span<const definition> definitions() const& { return definitions_; }
  std::span<const definition> definitions() const&& = delete;
  /// The indices of all that declare or define the name, in the file's order. Tags are named with
  /// their keyword: "struct page".
  [[nodiscard]] std::span<const std::size_t> find(std::string_view name) const;
  /// The innermost definition that has the line, counted from 1; null if none does.
  [[nodiscard]] const definition* at_line(unsigned line) const;
  /// Whether something in the file is accessed as a member of this name.
  [[nodiscard]] bool is_member(std::string_view name) const { return members_.contains(name); }

  /// The branches of conditionals around a definition, from the outermost one. An include guard is
  /// left out.
  [[nodiscard]] std::vector<branch> branches_around(const definition& piece) const;
  /// Whether a byte stands in a branch of a conditional that is no include guard.
  [[nodiscard]] bool is_conditional(std::size_t offset) const;
  /// A directive of a conditional.
  [[nodiscard]] const directive& opening(branch where) const {
    return parts_.directives[conditionals_[where.conditional].directives[where.directive]];
  }
  /// The names that it asks for.
  [[nodiscard]] std::vector<name_use> conditions(branch where) const;

 private:
  c_file(std::string name, std::string text);

  void read_definitions();
  /// Makes the definition contain each conditional as a whole that it contains a directive of.
  void widen(definition& piece) const;
  void add_conditions(definition& piece) const;

  std::string name_;
  std::string text_;
  parted_tokens parts_;
  std::vector<conditional> conditionals_;
  std::vector<definition> definitions_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> by_name_;
  std::set<std::string, std::less<>> members_;
};

}  // namespace stockcheck::kernel_source
