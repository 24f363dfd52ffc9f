// SPDX-License-Identifier: GPL-2.0-only
// What was asked of `stockcheck verify`.
#pragma once

#include "cli/confined_jobs.hpp"
#include "cli/kernel_build.hpp"
#include "cli/output.hpp"
#include "report/verification.hpp"

#include <string>
#include <vector>

namespace stockcheck::cli {

struct verify_options {
  std::vector<std::string> patches;
  bool of_model = false;  ///< of ours, not of a kernel
  kernel_options kernel;
  confined_job_options jobs;
  bool each = false;  ///< a verdict on each patch
  bool reply = false;
  output_options out;
};

/// The command line without what only says how results are shown, and without the scenarios.
std::string command_of(const verify_options& chosen);

/// All of a verification that is known before anything runs.
report::verification verification_of(const patched_tree& of, const verify_options& chosen);

/// Runs the scenarios on what was there before and on what is there after.
report::verification compare(harness::checker& before, harness::checker& after,
                             const patched_tree& of, const verify_options& chosen);

}  // namespace stockcheck::cli
