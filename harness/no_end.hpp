// SPDX-License-Identifier: GPL-2.0-only
// The finding about code that does not come to an end.
#pragma once

#include "report/result.hpp"

#include <string_view>

namespace stockcheck::harness {

inline constexpr std::string_view no_end_signature = "progress: no end";

inline report::finding no_end() {
  return {.kind = oracle::progress,
          .what = "the checked code does not come to an end",
          .signature = std::string(no_end_signature)};
}

}  // namespace stockcheck::harness
