// SPDX-License-Identifier: GPL-2.0-only
// What a patch changes: the results of all scenarios before and after it, side by side.
#pragma once

#include "report/result.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stockcheck::report {

enum class change : std::uint8_t {
  newly_failing,  ///< something is found that was not found before
  newly_passing,  ///< what was found before is no longer found, and nothing else changed with it
  still_failing,  ///< the same is found as before, known or not
  unchanged,      ///< nothing is found, as before
  unknown,        ///< one of the two stayed unknown, or was not searched to its end, or the patch
                  ///< takes away what the scenario asks for
  skipped,        ///< the kernel has not got what the scenario asks for, with or without the patch
  unchecked,      ///< with the patch it could not be checked
  new_failing,  ///< only the patched kernel has what the scenario asks for, and something is found
  new_alone,    ///< the same, and nothing is found that the kernel did not have before
  found_no_more,  ///< what was found before is no longer found, but something else changed that may
                  ///< have hidden it
};

inline constexpr std::array change_names{
    std::string_view{"newly failing"}, std::string_view{"newly passing"},
    std::string_view{"still failing"}, std::string_view{"unchanged"},
    std::string_view{"unknown"},       std::string_view{"skipped"},
    std::string_view{"unchecked"},     std::string_view{"new & failing"},
    std::string_view{"new"},           std::string_view{"found no more"},
};

[[nodiscard]] constexpr std::string_view name_of(change c) {
  return change_names.at(static_cast<std::size_t>(c));
}

/// Final states that are reached on one side alone, of a scenario that was searched to its end on
/// both. They are no failures: no promise is broken there.
struct changed_states {
  std::vector<std::string> added{};  ///< after the patch alone
  std::vector<std::string> gone{};   ///< before it alone

  [[nodiscard]] bool empty() const { return added.empty() && gone.empty(); }
};

/// A scenario. The results belong to whoever compared them.
struct compared {
  report::change change = report::change::unknown;
  const result* before = nullptr;  ///< perhaps that of its twin
  const result* after = nullptr;
  std::vector<finding> news{};      ///< found after it alone, or if it is unknown what was before
  std::vector<std::string> gone{};  ///< signatures of what was found before it alone
  std::string why{};  ///< of what stayed unknown, or may be hidden, or goes on elsewhere
  changed_states states{};
};

/// Compares results of the same scenarios in the same order. What is found is compared by its
/// signature, and what is known by its end as well. Where only one of the two has what a scenario
/// asks for, and only the other one what its twin asks for, these two are compared. What is found
/// where only the patched kernel has it is news, whatever is known of it, unless the kernel had it
/// before: it was found there in any of the scenarios, or is a race of functions for which that
/// release is known.
std::vector<compared> compare(std::span<const result> before, std::span<const result> after);

}  // namespace stockcheck::report
