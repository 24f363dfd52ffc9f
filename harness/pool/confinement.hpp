// SPDX-License-Identifier: GPL-2.0-only
// What a process that runs code of strangers may not do.
#pragma once

#include <chrono>

namespace stockcheck::harness {

/// Limits this process, for good: that much time of a processor, which may be infinite; a few
/// gigabytes of memory; no file written, made, renamed or removed; no process or program started,
/// no signal to another one, no network, no limit raised. A system call that is none of its
/// business ends it with SIGSYS. Where the kernel has no seccomp filters, only the resources are
/// limited.
void confine_this_process(std::chrono::duration<double> processor_time);

/// Nothing of the caller's is open: standard streams lead nowhere, and other descriptors are
/// closed. `keeps_errors`: standard error stays.
void let_go_of_descriptors(bool keeps_errors);

}  // namespace stockcheck::harness
