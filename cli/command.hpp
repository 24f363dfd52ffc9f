// SPDX-License-Identifier: GPL-2.0-only
// A sub-command of stockcheck: adds its options to the command line and runs.
#pragma once

#include "report/exit_code.hpp"

#include <CLI/CLI.hpp>

#include <functional>

namespace stockcheck::cli {

/// Runs with the options that were parsed. Throws usage_error for options that contradict each
/// other.
using command = std::function<exit_code()>;

command add_list_command(CLI::App& app);
/// Hidden: for shells.
command add_complete_command(CLI::App& app);
command add_compare_command(CLI::App& app);
command add_check_command(CLI::App& app);
command add_stress_command(CLI::App& app);
command add_verify_command(CLI::App& app);

}  // namespace stockcheck::cli
