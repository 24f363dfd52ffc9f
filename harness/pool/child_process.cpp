// SPDX-License-Identifier: GPL-2.0-only
#include "harness/pool/child_process.hpp"

#include "harness/no_end.hpp"
#include "harness/pool/confinement.hpp"
#include "report/json.hpp"
#include "text/foreign_text.hpp"

#include <fmt/format.h>

#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <new>
#include <stdexcept>
#include <system_error>

namespace stockcheck::harness {

namespace {

/// The whole life of the child. Leaves without running destructors of the parent's objects.
[[noreturn]] void live(const job& what, result_slot& slot, pid_t parent) {
  // Dies with its parent, and with all that it has started. A Ctrl-C reaches a whole process group:
  // in one of its own, the parent decides what becomes of its children.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(EXIT_FAILURE);
  ::setpgid(0, 0);
  std::signal(SIGINT, SIG_IGN);
  let_go_of_descriptors(!what.confined_to);
  if (what.confined_to) confine_this_process(*what.confined_to);
  slot.close();
  std::string text;
  auto kind = result_slot::content::result;
  try {
    text = report::to_json_text(what.run([&slot](const progress& at) { slot.advance(at); }));
  } catch (const std::bad_alloc&) {
    kind = result_slot::content::error;
    text = "it needs more memory than there is, or than it may use";
  } catch (const std::exception& error) {
    kind = result_slot::content::error;
    text = error.what();
  }
  slot.put(kind, text);
  ::_exit(EXIT_SUCCESS);
}

report::finding system_call() {
  const std::string what =
      "the checked code makes a system call, which code of the kernel does not";
  return {.kind = oracle::memory, .what = what, .signature = fmt::format("memory: {}", what)};
}

report::finding finding_of_signal(int signal) {
  if (signal == SIGVTALRM) return no_end();  // see endless_loop_watch
  if (signal == SIGSYS) return system_call();
  const std::string what = fmt::format("the checked code crashed: {}", ::strsignal(signal));
  return {.kind = oracle::memory, .what = what, .signature = fmt::format("memory: {}", what)};
}

/// The memory models are explored one after the other: a finding ends it with one of them. What
/// could not be run has none, and what passes has passed under all.
bool has_models_that_were_asked_for(const report::result& record, const job& asked) {
  if (record.verdict == verdict::pass) return record.model == asked.models;
  const bool must_have_run = record.verdict == verdict::fail || record.verdict == verdict::known;
  return asked.models.starts_with(record.model) &&
         (!must_have_run || record.model.empty() == asked.models.empty());
}

/// A record is believed only if it is the one that was asked for.
bool is_what_was_asked_for(const report::result& record, const job& asked) {
  return record.scenario == asked.blank.scenario && record.checker == asked.blank.checker &&
         record.subject == text::in_one_line(asked.blank.subject) &&
         has_models_that_were_asked_for(record, asked);
}

}  // namespace

child_process::child_process(const job& what, std::size_t index)
    : job_(what), index_(index), started_(std::chrono::steady_clock::now()) {
  const pid_t parent = ::getpid();
  pid_ = ::fork();
  if (pid_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (pid_ == 0) live(what, slot_, parent);
  // Whoever comes first: the child may be about to be killed with its group.
  ::setpgid(pid_, pid_);
  // The C library of Debian 12 declares pidfd_open for C only.
  end_ = kernel_source::descriptor(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
  if (!end_.is_open()) {
    const int failed = errno;
    end();
    throw std::system_error(failed, std::generic_category(), "pidfd_open");
  }
}

child_process::~child_process() {
  if (pid_ > 0) end();
}

bool child_process::is_overdue() const {
  return std::chrono::steady_clock::now() - started_ > job_.limit;
}

void child_process::observe(pool_observer& observer) {
  const progress at = slot_.reached();
  if (at.executions == told_.executions && at.estimated == told_.estimated) return;
  told_ = at;
  observer.advanced(index_, at);
}

child_process::ending child_process::end() {
  ending how;
  // One that has ended is there until it is waited for, so that the group is still its own.
  ::kill(-pid_, SIGKILL);
  while (::wait4(pid_, &how.status, 0, &how.used) < 0 && errno == EINTR) continue;
  pid_ = -1;
  return how;
}

report::result child_process::collect() {
  const ending how = end();
  if (WIFSIGNALED(how.status)) return killed_by(WTERMSIG(how.status), how.used);
  if (WEXITSTATUS(how.status) != EXIT_SUCCESS || slot_.puts() == 0)
    return lost("the checker failed: its process ended without a result");
  if (slot_.puts() > 1)
    return lost("the checker failed: its process has left more than one result");
  // Whose fault that is only the message can tell: stockcheck's, the machine's or the code's.
  if (const auto error = slot_.get(result_slot::content::error))
    return lost("the checker failed: " + *error);
  try {
    report::result record =
        report::result_from_json_text(slot_.get(result_slot::content::result).value_or(""));
    if (is_what_was_asked_for(record, job_)) return record;
    return lost("the checker failed: its process has left the result of something else");
  } catch (const std::runtime_error& error) {
    return lost(fmt::format("the checker failed: its process has left what is {}", error.what()));
  }
}

report::result child_process::killed_by(int signal, const rusage& used) const {
  const auto seconds = [](const timeval& time) {
    return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
  };
  // At the limit of time comes SIGXCPU, a tick early perhaps, and SIGKILL for who does not mind.
  if (job_.confined_to &&
      (signal == SIGXCPU ||
       (signal == SIGKILL && seconds(used.ru_utime) + seconds(used.ru_stime) >= *job_.confined_to)))
    return lost(fmt::format("killed: it used up its processor time of {:.0f} s",
                            job_.confined_to->count()));
  // Nothing kills itself like that: the machine does, when it is out of memory.
  if (signal == SIGKILL) return lost("its process was killed: by somebody, or for want of memory");

  report::result crashed = job_.blank;
  crashed.verdict = verdict::fail;
  crashed.guarantee = "the process that ran it was killed by a signal";
  crashed.finding = finding_of_signal(signal);
  return report::gated(crashed);
}

report::result child_process::abort(const std::string& why) {
  end();
  return lost(why);
}

report::result child_process::lost(const std::string& why) const {
  report::result result = job_.blank;
  result.verdict = verdict::unknown;
  result.guarantee = why;
  return report::gated(result);
}

}  // namespace stockcheck::harness
