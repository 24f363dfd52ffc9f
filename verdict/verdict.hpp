// SPDX-License-Identifier: GPL-2.0-only
// What a run of a scenario, and a run of the command, is worth.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace stockcheck {

enum class verdict : std::uint8_t {
  pass,  ///< nothing found, within the bounds that `result::guarantee` states
  /// Found what the scenario declares as a property of the kernel's algorithm, or left to chance
  /// whether it would.
  known,
  fail,       ///< found something, or did not find what it declares
  unknown,    ///< stopped before it could say anything; never a pass
  skipped,    ///< asks for what this subject does not have: says nothing about it
  unchecked,  ///< what it asks for could not be cut out, compiled or run here; never a pass
};

/// How far a run got, as long as it found nothing.
enum class reach : std::uint8_t {
  complete,  ///< to its end: under the weakest memory model that it knows nothing is left to see
  bounded,   ///< to the end of what it was to search, which leaves something out
  sampled,   ///< as far as it was to go, but chance decided what it saw: real threads, random draws
  cut,       ///< not as far as it was to go: out of its budget, or stopped
};

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

}  // namespace stockcheck
