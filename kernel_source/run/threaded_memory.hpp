// SPDX-License-Identifier: GPL-2.0-only
// The memory of the kernel's code on real threads: what is behind the table of hooks.h for an
// object of flavour::native.
//
// Accesses are not: these are instructions of the object. The table has them for who looks at the
// kernel's structures from outside.
#pragma once

#include "kernel_source/run/platform.hpp"
#include "verdict/finding.hpp"

namespace stockcheck::kernel_source {

/// What the code does wrong is thrown as `violation`, and what it cannot be given as `unsupported`,
/// when it returns to the scenario. Thread-safe. There are no races here: nobody looks at plain
/// accesses.
platform& threaded_platform();

/// A round begins: nothing is left of the one before, in the variables of the kernel either. While
/// no task runs.
void begin_threaded_execution();

/// The round is over, and the program of the scenario gone. Throws what went wrong meanwhile, and
/// of memory that was never freed, as `violation`.
void end_threaded_execution();

}  // namespace stockcheck::kernel_source
