// SPDX-License-Identifier: GPL-2.0-only
// The versions of a kernel that a series of patches goes through.
#pragma once

#include "cli/confined_jobs.hpp"
#include "cli/kernel_build.hpp"
#include "report/verification.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace stockcheck::cli {

/// One of them.
struct series_step {
  std::optional<built_kernel> kernel{};
  std::string no_code{};  ///< why it cannot be compiled, if there is none
};

/// The kernel before the series, and after each of its patches.
std::vector<series_step> steps_of(const kernel_builds& whole);

/// What the patch that leads to step `to` does, on top of step `from`. If `to` cannot be compiled,
/// what there is after it is what was before.
kernel_builds part_of(const kernel_builds& whole, const std::vector<series_step>& steps,
                      std::size_t from, std::size_t to);

/// Returns a line for each patch after which something does not compile, cannot be checked or
/// fails, but not before the series nor after it. `of` is the verdict on the series as a whole.
std::vector<std::string> notes_on_steps(const kernel_builds& whole, const report::verification& of,
                                        const confined_job_options& how);

}  // namespace stockcheck::cli
