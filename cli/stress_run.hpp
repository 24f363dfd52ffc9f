// SPDX-License-Identifier: GPL-2.0-only
// A stress run with its progress on standard error.
#pragma once

#include "report/result.hpp"
#include "stress/run_options.hpp"

namespace stockcheck::cli {

/// Throws usage_error if the options cannot be run. After catch_interrupts(), Ctrl-C ends the run
/// with what there is.
report::result run_stress(const stress::run_options& how);

}  // namespace stockcheck::cli
