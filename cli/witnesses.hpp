// SPDX-License-Identifier: GPL-2.0-only
// Looks again for what ends in a final state that only one side of a patch reaches.
#pragma once

#include "cli/confined_jobs.hpp"
#include "harness/checker.hpp"
#include "report/verification.hpp"

namespace stockcheck::cli {

/// Adds to `v`, for each scenario, the execution that leads to one of the new final states, and to
/// one of those that are gone. `before` and `after` are what its results are of.
void add_witnesses(report::verification& v, harness::checker& before, harness::checker& after,
                   const confined_job_options& chosen);

}  // namespace stockcheck::cli
