// SPDX-License-Identifier: GPL-2.0-only
// Turns a crash of the code under test into a finding.
#pragma once

namespace stockcheck::explore {

/// From now on a SIGSEGV of the running task is a finding, be it that its stack is used up or that
/// it accesses an address where there is no memory; any other one is handled as before. For the
/// calling thread; may be called again. Throws std::system_error if the handler cannot be
/// installed.
void catch_crashes();

}  // namespace stockcheck::explore
