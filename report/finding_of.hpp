// SPDX-License-Identifier: GPL-2.0-only
// A failed expectation as a finding of a record.
#pragma once

#include "report/result.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace stockcheck::report {

/// A text in which every number is N.
inline std::string without_numbers(std::string_view text) {
  std::string without;
  for (const char c : text) {
    const bool is_digit = c >= '0' && c <= '9';
    if (!is_digit)
      without += c;
    else if (!without.ends_with('N'))
      without += 'N';
  }
  return without;
}

/// Without steps: an expectation knows what broke, not how it came to that.
inline finding finding_of(const failed_expectation& failed) {
  finding found{.kind = failed.kind,
                .what = failed.what,
                .at = {failed.at.file, failed.at.line, failed.at.function}};
  for (std::size_t i = 0; i < failed.count; ++i)
    found.numbers.push_back({failed.numbers.at(i).name, failed.numbers.at(i).value});
  found.signature = fmt::format("{}: {}", name_of(found.kind), without_numbers(found.what));
  return found;
}

}  // namespace stockcheck::report
