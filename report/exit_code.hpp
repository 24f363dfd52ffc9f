// SPDX-License-Identifier: GPL-2.0-only
// The exit code of what was run.
#pragma once

#include "report/result.hpp"

#include <algorithm>
#include <span>
#include <string_view>

namespace stockcheck::report {

/// Whether nothing was run: then nothing can be said.
[[nodiscard]] inline bool nothing_ran(std::span<const result> results) {
  return std::ranges::none_of(results, [](const result& r) { return was_run(r.verdict); });
}

/// What is said then.
inline constexpr std::string_view nothing_ran_text = "No scenario ran: nothing can be said.";

/// A failure outweighs what stayed unknown or could not be checked. A run in which nothing ran has
/// passed nothing.
[[nodiscard]] inline exit_code exit_code_of(std::span<const result> results) {
  exit_code code = nothing_ran(results) ? exit_code::stayed_unknown : exit_code::passed;
  for (const result& r : results) {
    if (r.verdict == verdict::fail) return exit_code::failure_found;
    if (r.verdict == verdict::unknown || r.verdict == verdict::unchecked)
      code = exit_code::stayed_unknown;
  }
  return code;
}

}  // namespace stockcheck::report
