// SPDX-License-Identifier: GPL-2.0-only
// The processors that this process may use, as CPUs of a scenario's machine.
#pragma once

#include <cstddef>

namespace stockcheck::harness {

/// Moves the calling thread to the processor that stands for a CPU of the scenario's machine. Does
/// nothing if the system refuses it: then the thread stays where it is, which no result depends on.
void run_on_host_cpu(unsigned cpu);

/// How many there are. With one, threads take turns and never run at once.
std::size_t nr_host_cpus();

}  // namespace stockcheck::harness
