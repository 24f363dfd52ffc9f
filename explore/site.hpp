// SPDX-License-Identifier: GPL-2.0-only
// Where an operation stands in the code under test.
#pragma once

#include <source_location>

namespace stockcheck::explore {

/// A line of source. The strings are literals.
struct site {
  const char* file = "";
  const char* function = "";
  unsigned line = 0;

  constexpr site() = default;
  constexpr site(const char* in_file, const char* in_function, unsigned at_line)
      : file(in_file), function(in_function), line(at_line) {}
  /// Implicit: the usual way to get one.
  constexpr site(const std::source_location& at)
      : file(at.file_name()), function(at.function_name()), line(at.line()) {}
};

}  // namespace stockcheck::explore
