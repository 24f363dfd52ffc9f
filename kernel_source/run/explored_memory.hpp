// SPDX-License-Identifier: GPL-2.0-only
// The memory of the kernel's code on the exploration engine: what is behind the table of hooks.h.
#pragma once

#include "kernel_source/hooks.h"
#include "kernel_source/run/platform.hpp"
#include "model/atomics/explore_atomics.hpp"
#include "model/kernel/interruptible.hpp"

#include <cstddef>
#include <string_view>

namespace stockcheck::kernel_source {

using explored_atomics = kernel::interruptible<explore_atomics>;

/// Every access is a point at which interrupts may come, as in kernel::interruptible.
platform& explored_platform();

/// An execution begins: nothing is left of the one before, in the variables of the kernel either.
void begin_execution();

// For what is behind the rest of the table
// ----------------------------------------------------------

/// What the running code has written so far is written before anything else happens.
void perform_writes();
/// Prepares an access of a task: calls perform_writes(), and then interrupts may come.
void before_access(const void* address, std::size_t size, const explore_site* at);

/// Whether the code has drawn a random number in any execution of this process.
bool code_has_drawn();

// Known races
// --------------------------------------------------------------------------------------

/// From now on the plain accesses of that line race with nothing, as in data_race(): the races that
/// they have are known. False if that was said before.
bool pass_over_races_of(std::string_view file, unsigned line);
void pass_over_no_races();

}  // namespace stockcheck::kernel_source
