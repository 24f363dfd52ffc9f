// SPDX-License-Identifier: GPL-2.0-only
// What the help of an option says of the words that it takes.
#pragma once

#include <fmt/format.h>

#include <string>

namespace stockcheck::cli {

/// "sc (sequential consistency), tso (x86)": of the rows of a table such as explore::searches.
template <class Rows>
std::string help_of(const Rows& rows) {
  std::string text;
  for (const auto& row : rows)
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", row.option, row.help);
  return text;
}

}  // namespace stockcheck::cli
