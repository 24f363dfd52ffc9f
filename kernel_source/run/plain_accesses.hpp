// SPDX-License-Identifier: GPL-2.0-only
// Unmarked accesses of the kernel's code on the exploration engine: what -fsanitize=thread
// announces.
#pragma once

#include "explore/engine_finding.hpp"
#include "explore/hooks.h"

#include <cstddef>

namespace stockcheck::kernel_source {

/// Before the code reads memory: other tasks may run, and then it holds what the code may read.
/// `pc` is where the announcement returns to.
void plain_read(void* address, std::size_t size, const void* pc);
/// Before it writes there: what it writes is known when it does anything else.
void plain_write(void* address, std::size_t size, const void* pc);

/// From now on the running task's unmarked accesses race with nothing, or with others again.
/// Returns what was said before.
bool set_racy(bool races_with_nothing);

/// An execution begins.
void forget_plain_accesses();

// Pieces
// -------------------------------------------------------------------------------------------

/// If a search ended with accesses of mixed widths, unmarked ones are cut from now on where the
/// others begin and end, so that the search can be made once more. Returns false if it ended with
/// something else, or if they were cut there already.
bool cut_memory(const explore::engine_finding& found);
void forget_memory_cuts();

}  // namespace stockcheck::kernel_source
