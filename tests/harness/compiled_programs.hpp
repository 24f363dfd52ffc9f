// SPDX-License-Identifier: GPL-2.0-only
// Scenarios on subjects that are not built in, for tests of programs that load scenarios.
#pragma once

#include "harness/objects/shipped_programs.hpp"

#include <algorithm>
#include <thread>

namespace stockcheck::tests {

/// All of stockcheck's scenarios that the subject can do; compiled by the first test that asks.
inline harness::programs all_programs(harness::scenario_subject subject) {
  harness::program_request request{.subject = subject,
                                   .processors = std::max(1U, std::thread::hardware_concurrency())};
  for (const checks::program_entry& entry : harness::explore_programs())
    request.scenarios.push_back(entry.info->name);
  return harness::shipped_programs(request).on;
}

/// All of the header that the scenario is in.
inline harness::programs programs_with(harness::scenario_subject subject,
                                       std::string_view scenario) {
  return harness::shipped_programs({.subject = subject, .scenarios = {scenario}}).on;
}

}  // namespace stockcheck::tests
