// SPDX-License-Identifier: GPL-2.0-only
// A process between this one and a program that it runs.
//
// The program and all that it starts, as compilers do, are a process group of its own. The
// supervisor kills it when the program has ended, and also when this process is no more: signals at
// a parent's death reach children, not grandchildren.
#pragma once

#include <sys/types.h>

#include <functional>

namespace stockcheck::kernel_source {

/// What a supervisor writes once the program has ended.
struct supervisor_report {
  int start_error = 0;  ///< an error number: the program was not started
  int status = 0;       ///< of the program, as waitpid gives it
};

/// Descriptors of this process, which the program has as 0, 1 and 2. It has no others.
struct supervised_streams {
  int input;
  int output;
  int errors;
  int report;  ///< where the supervisor writes
};

/// Starts a supervisor, which has this process's rights and leads the group; returns its id, or -1
/// with errno. `start` runs in it: it starts the program and returns 0 or an error number. May be
/// called by several threads; the one that did must live as long as the program.
pid_t start_supervisor(const supervised_streams& streams, const std::function<int(pid_t&)>& start);

}  // namespace stockcheck::kernel_source
