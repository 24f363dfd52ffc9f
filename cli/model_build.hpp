// SPDX-License-Identifier: GPL-2.0-only
// Patches of our own model of the kernel's algorithms, and what was compiled with them.
#pragma once

#include "cli/confined_jobs.hpp"
#include "cli/patched_tree.hpp"
#include "harness/programs.hpp"

#include <span>
#include <string>
#include <vector>

namespace stockcheck::cli {

struct model_builds : patched_tree {
  harness::programs after{std::span<const checks::program_entry>{}};  ///< of the patched model
};

/// Applies the patches to a copy of the model, and compiles the chosen scenarios with it, the
/// files' among them. Scenarios that the patches add go to `files`. Throws usage_error for whatever
/// is wrong with the patches.
model_builds build_models(const std::vector<std::string>& patches,
                          const confined_job_options& chosen, scenario_files& files);

}  // namespace stockcheck::cli
