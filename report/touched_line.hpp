// SPDX-License-Identifier: GPL-2.0-only
// A line of code that patches change, and what became of it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace stockcheck::report {

enum class line_state : std::uint8_t {
  ran,           ///< compiled, and run by a scenario that reached its verdict
  never_ran,     ///< compiled, and run by none
  not_compiled,  ///< left out by a conditional, or because nothing that scenarios call needs it
};

inline constexpr std::array line_state_names{std::string_view{"compiled and run"},
                                             std::string_view{"compiled, never run"},
                                             std::string_view{"not compiled"}};

[[nodiscard]] constexpr std::string_view name_of(line_state s) {
  return line_state_names.at(static_cast<std::size_t>(s));
}

struct touched_line {
  std::string file{};
  unsigned line = 0;
  bool is_removed = false;  ///< a line of the file as it was, which the patches take away
  line_state state = line_state::not_compiled;
  friend bool operator==(const touched_line&, const touched_line&) = default;
};

}  // namespace stockcheck::report
