// Turns the overflow of a fiber's stack into a finding.
#pragma once

namespace stockcheck::explore {

/// From now on a SIGSEGV in the guard page of the running task's stack ends the execution with a
/// finding; any other one is handled as before. For the calling thread; may be called again.
/// Throws std::system_error if the handler cannot be installed.
void catch_stack_overflows();

}  // namespace stockcheck::explore
