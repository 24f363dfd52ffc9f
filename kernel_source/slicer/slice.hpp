// SPDX-License-Identifier: GPL-2.0-only
// Cuts functions, and what they need of their file, out of a kernel C file.
#pragma once

#include "kernel_source/slicer/c_file.hpp"

#include <cstddef>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace stockcheck::kernel_source {

/// Names, tags with their keyword: "css_get", "struct page".
using name_set = std::set<std::string, std::less<>>;

/// A name that is used and that neither the file nor the shim has.
struct unresolved_name {
  std::string name;
  use_form form;
  /// The definition that uses it first, and the line.
  std::string used_by;
  unsigned line;
  /// The offset of that use in the file.
  std::size_t begin;
  /// Whether the file declares it, as a prototype does: it compiles then, and does not link.
  bool is_declared;
  /// Whether all uses stand under #if, where they may not matter.
  bool is_conditional;
};

/// C text that can be compiled once the names are there that it does not have itself.
struct slice {
  /// The pieces in the file's order and byte for byte, each after a #line directive and within the
  /// conditionals that are around it in the file.
  std::string text;
  /// What of the file is in the text, in its order: the pieces and the directives around them.
  std::vector<text_range> ranges;
  /// All functions that were cut, wanted ones and those that they call, in the file's order.
  std::vector<std::string> functions;
  /// Lists the definitions that were cut, as indices into the file's definitions.
  std::vector<std::size_t> pieces;
  std::vector<unresolved_name> unresolved;
  /// What #if, #ifdef and #elif in the text ask for and the file does not define, such as
  /// CONFIG_SMP.
  name_set conditions;
  /// Wanted names that the file does not define; at most, it declares them.
  std::vector<std::string> missing;
};

/// Follows calls, types, macros and variables within the file. `provided`: names that somebody else
/// gives; they are cut only if wanted.
slice cut(const c_file& file, std::span<const std::string> wanted, const name_set& provided);

/// One line: what is missing and who uses it, "mm/memcontrol.c:7: refill_stock calls css_get".
std::string description_of(const c_file& file, const unresolved_name& name);

}  // namespace stockcheck::kernel_source
