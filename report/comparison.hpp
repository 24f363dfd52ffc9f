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
  newly_passing,  ///< what was found before is no longer found
  still_failing,  ///< the same is found as before, known or not
  unchanged,      ///< nothing is found, as before
  unknown,        ///< one of the two stayed unknown, or was not searched to its end, or the patch
                  ///< takes away what the scenario asks for
  skipped,        ///< the kernel has not got what the scenario asks for, with or without the patch
  unchecked,      ///< what the scenario asks for could not be compiled or run after the patch
};

inline constexpr std::array change_names{
    std::string_view{"newly failing"}, std::string_view{"newly passing"},
    std::string_view{"still failing"}, std::string_view{"unchanged"},
    std::string_view{"unknown"},       std::string_view{"skipped"},
    std::string_view{"unchecked"},
};

[[nodiscard]] constexpr std::string_view name_of(change c) {
  return change_names.at(static_cast<std::size_t>(c));
}

/// A scenario. The results belong to whoever compared them.
struct compared {
  report::change change = report::change::unknown;
  const result* before = nullptr;
  const result* after = nullptr;
  std::vector<finding> news{};      ///< found after it alone, or if it is unknown what was before
  std::vector<std::string> gone{};  ///< signatures of what was found before it alone
  std::string why{};                ///< of what stayed unknown or unchecked
};

/// Of results of the same scenarios in the same order. What is found is compared by its signature.
/// Where only the patched kernel has what a scenario asks for, a known property of it is no news.
std::vector<compared> compare(std::span<const result> before, std::span<const result> after);

}  // namespace stockcheck::report
