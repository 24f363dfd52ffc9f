// SPDX-License-Identifier: GPL-2.0-only
// How an execution ends in a final state that is reached only before a patch, or only after it.
#pragma once

#include "report/result.hpp"
#include "report/style.hpp"

#include <string>
#include <vector>

namespace stockcheck::report {

struct witness {
  std::string state{};  ///< as in result::outcomes
  bool is_new = false;  ///< reached only after the patch
  result execution{};   ///< whose finding is the end of it; without one, it was not found again
};

/// The shortest interleaving that leads to a new one, and the shortest that led to one that is
/// gone; empty if there are none.
[[nodiscard]] std::string witnesses_text(const std::vector<witness>& all, const style& with);

}  // namespace stockcheck::report
