// Verdicts as words and as the exit code of a run.
#pragma once

#include "report/result.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace stockcheck::report {

inline constexpr std::array<std::string_view, 5> verdict_names{"PASS", "KNOWN", "FAIL", "UNKNOWN",
                                                               "SKIPPED"};

[[nodiscard]] constexpr std::string_view name_of(verdict v) {
  return verdict_names.at(static_cast<std::size_t>(v));
}

/// Exit codes of every command (DESIGN section 7).
enum class exit_code : std::uint8_t {
  passed = 0,
  failure_found = 1,
  wrong_usage = 2,
  stayed_unknown = 3
};

/// A failure outweighs what stayed unknown.
[[nodiscard]] inline exit_code exit_code_of(std::span<const result> results) {
  exit_code code = exit_code::passed;
  for (const result& r : results) {
    if (r.verdict == verdict::fail) return exit_code::failure_found;
    if (r.verdict == verdict::unknown) code = exit_code::stayed_unknown;
  }
  return code;
}

}  // namespace stockcheck::report
