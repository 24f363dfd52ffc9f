// SPDX-License-Identifier: GPL-2.0-only
// The verdict on a kernel, or on patches of one.
#pragma once

#include "cli/output.hpp"
#include "cli/verify_options.hpp"
#include "report/exit_code.hpp"

namespace stockcheck::cli {

/// Throws usage_error for whatever is wrong with what the user gave.
exit_code verify_kernel(const verify_options& chosen, output& out);

}  // namespace stockcheck::cli
