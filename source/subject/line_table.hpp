// The source lines of a loaded object's instructions, from its debug information.
#pragma once

#include "explore/site.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace stockcheck::source {

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
  /// The file that this function is in; empty if none.
  [[nodiscard]] const char* file_of_function_at(const void* instruction) const;

 private:
  struct row {
    const char* file = "";
    unsigned line = 0;
  };

  const char* keep(const char* text);

  std::unordered_set<std::string> strings_;
  // By the address of the first instruction.
  std::map<std::uintptr_t, row> rows_;
  std::map<std::uintptr_t, const char*> functions_;
  std::unordered_map<const void*, explore::site> known_;
};

}  // namespace stockcheck::source
