// SPDX-License-Identifier: GPL-2.0-only
// The source lines of a loaded object's instructions, from its debug information.
#pragma once

#include "explore/site.hpp"
#include "kernel_source/compile/line_markers.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace stockcheck::kernel_source {

/// Whether a file is the shim's: what it has in the place of a function of the kernel is not that
/// function.
[[nodiscard]] inline bool is_of_shim(std::string_view file) {
  return file.find("shim/stockcheck/") != std::string_view::npos;
}

/// Reads everything at once: what asks for lines later may run on a small stack. Not thread-safe.
class line_table {
 public:
  /// `base` is where the object was loaded. Throws source_error.
  line_table(const std::string& path, std::uintptr_t base);

  /// The line of the call that returns to this instruction; an empty one if the object has none.
  /// The strings live as long as the table.
  const explore::site& caller(const void* return_address);
  /// The name of the function that an instruction belongs to; empty if none.
  [[nodiscard]] const char* function_at(const void* instruction) const;
  /// Returns the lines of the kernel's files that have instructions.
  [[nodiscard]] file_lines lines() const;
  /// Returns the lines of the kernel's files that have instructions in a block of code that ran, or
  /// none if blocks are not known. `has_run` says whether the instruction ran that follows
  /// the call at a block's beginning.
  [[nodiscard]] file_lines lines_run(const std::function<bool(const void*)>& has_run) const;
  /// The file that this function is in; empty if none.
  [[nodiscard]] const char* file_of_function_at(const void* instruction) const;

 private:
  struct row {
    const char* file = "";
    unsigned line = 0;
  };

  const char* keep(const char* text);
  /// The address that says whether a row's block ran; 0 if that is not known.
  [[nodiscard]] std::uintptr_t mark_of(std::uintptr_t address) const;

  std::unordered_set<std::string> strings_;
  // By the address of the first instruction.
  std::map<std::uintptr_t, row> rows_;
  std::map<std::uintptr_t, const char*> functions_;
  // By the address of the call that begins it, what that returns to.
  std::map<std::uintptr_t, std::uintptr_t> blocks_;
  std::unordered_map<const void*, explore::site> known_;
};

}  // namespace stockcheck::kernel_source
