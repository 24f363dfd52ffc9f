// Verdicts as words and as the exit code of a run.
#pragma once

#include "report/result.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace stockcheck::report {

inline constexpr std::array<std::string_view, 6> verdict_names{"PASS",    "KNOWN",   "FAIL",
                                                               "UNKNOWN", "SKIPPED", "UNCHECKED"};

inline constexpr std::array<std::string_view, 4> reach_names{"complete", "bounded", "sampled",
                                                             "cut"};

[[nodiscard]] constexpr std::string_view name_of(verdict v) {
  return verdict_names.at(static_cast<std::size_t>(v));
}

[[nodiscard]] constexpr std::string_view name_of(reach r) {
  return reach_names.at(static_cast<std::size_t>(r));
}

/// Exit codes of every command.
enum class exit_code : std::uint8_t {
  passed = 0,
  failure_found = 1,
  wrong_usage = 2,
  stayed_unknown = 3,
  machine_failed = 4  ///< a disk, memory, descriptors, a compiler: nobody's patch
};

/// Whether a scenario was run at all.
[[nodiscard]] constexpr bool was_run(verdict v) {
  return v != verdict::skipped && v != verdict::unchecked;
}

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
