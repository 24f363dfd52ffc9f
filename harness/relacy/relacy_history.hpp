// SPDX-License-Identifier: GPL-2.0-only
// Relacy's history of a failing execution, as the steps of a counterexample.
#pragma once

#include "report/result.hpp"

#include <string_view>
#include <vector>

namespace stockcheck::harness {

struct relacy_trace {
  std::vector<report::step> steps;  ///< of the tasks; setting up and settling are left out
  report::source_line failed_at;    ///< where Relacy noticed the failure; line 0 if it did not say
};

/// Reads a history whose addresses were replaced by names. A line it does not understand becomes a
/// step with Relacy's own words.
relacy_trace parse_relacy_history(std::string_view history);

}  // namespace stockcheck::harness
