// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/system/supervisor.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

namespace stockcheck::kernel_source {

namespace {

/// Not sparing the one that calls it.
void kill_group(int /*signal*/) { ::kill(0, SIGKILL); }

/// Where the streams are in the supervisor.
constexpr int report_descriptor = 3;

/// Makes them descriptors 0 to 3, the only ones, whatever their numbers are. Returns an error
/// number, or 0.
int arrange(supervised_streams& streams) {
  for (int* const number : {&streams.input, &streams.output, &streams.errors, &streams.report}) {
    const int copy = ::fcntl(*number, F_DUPFD, report_descriptor + 1);
    if (copy < 0) return errno;
    *number = copy;
  }
  ::dup2(streams.input, STDIN_FILENO);
  ::dup2(streams.output, STDOUT_FILENO);
  ::dup2(streams.errors, STDERR_FILENO);
  streams.report = ::dup2(streams.report, report_descriptor);
  ::close_range(report_descriptor + 1, ~0U, 0);
  return 0;
}

[[noreturn]] void supervise(supervised_streams streams, const std::function<int(pid_t&)>& start,
                            pid_t parent) {
  ::setpgid(0, 0);
  std::signal(SIGCHLD, SIG_DFL);
  std::signal(SIGTERM, kill_group);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::getppid() != parent) kill_group(SIGTERM);
  supervisor_report report;
  pid_t program = -1;
  report.start_error = arrange(streams);
  if (report.start_error == 0) report.start_error = start(program);
  while (report.start_error == 0 && ::waitpid(program, &report.status, 0) < 0 && errno == EINTR)
    continue;
  // Shorter than a pipe is: it is written as a whole, or nobody reads it any more.
  static_cast<void>(!::write(streams.report, &report, sizeof report));
  kill_group(SIGKILL);
  ::_exit(0);
}

}  // namespace

pid_t start_supervisor(const supervised_streams& streams, const std::function<int(pid_t&)>& start) {
  const pid_t parent = ::getpid();
  const pid_t supervisor = ::fork();
  if (supervisor == 0) supervise(streams, start, parent);
  // Whoever comes first: it may be about to be killed with its group.
  if (supervisor > 0) ::setpgid(supervisor, supervisor);
  return supervisor;
}

}  // namespace stockcheck::kernel_source
