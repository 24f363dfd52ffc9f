// A final state as one line of text.
#pragma once

#include "checks/final_state.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace stockcheck::checkers {

/// "task 0: try_charge=1 | root: usage=2 stock=1"
inline std::string text_of(const checks::final_state& state) {
  std::string text;
  std::string_view owner;
  for (const auto& entry : state.entries()) {
    if (owner != entry.owner) {
      owner = entry.owner;
      text += fmt::format("{}{}:", text.empty() ? "" : " | ", owner);
    }
    text += fmt::format(" {}={}", entry.name, entry.value);
  }
  return text;
}

}  // namespace stockcheck::checkers
