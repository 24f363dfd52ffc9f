// SPDX-License-Identifier: GPL-2.0-only
#include "harness/pool/confinement.hpp"

#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace stockcheck::harness {

namespace {

/// What goes beyond it gets a signal, or an error. Lowering limits does not fail.
void limit_resources(std::chrono::duration<double> processor_time) {
  constexpr rlim_t gigabyte = rlim_t{1} << 30U;
  const auto limit = [](auto resource, rlim_t to, rlim_t more = 0) {
    const rlimit both{to, to + more};
    ::setrlimit(resource, &both);
  };
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_AS, 8 * gigabyte);
  // At the first limit comes SIGXCPU, at the second SIGKILL.
  if (std::isfinite(processor_time.count()))
    limit(RLIMIT_CPU, static_cast<rlim_t>(std::ceil(processor_time.count())), 1);
}

/// Whatever their arguments are.
constexpr std::array forbidden{
    // other processes
    "fork", "vfork", "execve", "execveat", "setsid", "setpgid", "ptrace", "process_vm_readv",
    "process_vm_writev", "pidfd_open", "pidfd_getfd", "pidfd_send_signal", "kcmp", "unshare",
    "setns", "rt_sigqueueinfo", "setrlimit",
    // files
    "creat", "openat2", "open_by_handle_at", "truncate", "ftruncate", "unlink", "unlinkat",
    "rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat", "mkdir", "mkdirat",
    "rmdir", "mknod", "mknodat", "chmod", "fchmod", "fchmodat", "chown", "fchown", "fchownat",
    "lchown", "utime", "utimes", "utimensat", "futimesat", "setxattr", "lsetxattr", "fsetxattr",
    "removexattr", "lremovexattr", "fremovexattr", "mount", "umount2", "move_mount", "fsopen",
    "open_tree", "pivot_root", "chroot", "swapon", "swapoff", "quotactl", "acct", "fallocate",
    // what lasts beside files
    "socket", "socketpair", "shmget", "semget", "msgget", "mq_open", "mq_unlink", "add_key",
    "request_key", "keyctl",
    // the machine
    "io_uring_setup", "bpf", "perf_event_open", "userfaultfd", "init_module", "finit_module",
    "delete_module", "kexec_load", "kexec_file_load", "reboot", "settimeofday", "clock_settime",
    "clock_adjtime", "adjtimex", "sethostname", "setdomainname", "iopl", "ioperm", "syslog",
    "vhangup"};

class call_filter {
 public:
  call_filter() : context_(::seccomp_init(SCMP_ACT_ALLOW)) {}
  call_filter(const call_filter&) = delete;
  call_filter& operator=(const call_filter&) = delete;
  ~call_filter() { ::seccomp_release(context_); }

  /// A call that this machine does not have needs no rule.
  template <class... Arguments>
  void forbid(const char* call, Arguments... when) {
    answer(SCMP_ACT_KILL_PROCESS, call, when...);
  }
  template <class... Arguments>
  void answer(std::uint32_t with, const char* call, Arguments... when) {
    const int number = ::seccomp_syscall_resolve_name(call);
    const std::array<scmp_arg_cmp, sizeof...(when)> all{when...};
    if (context_ != nullptr && number != __NR_SCMP_ERROR)
      ::seccomp_rule_add_array(context_, with, number, all.size(), all.data());
  }
  /// Kernels without filters leave the process as it is.
  void load() const {
    if (context_ != nullptr) ::seccomp_load(context_);
  }

 private:
  scmp_filter_ctx context_;
};

scmp_arg_cmp argument(unsigned number, scmp_compare how, std::uint64_t to,
                      std::uint64_t value = 0) {
  return {number, how, to, value};
}

void forbid_calls() {
  call_filter filter;
  for (const char* const call : forbidden) filter.forbid(call);
  for (const int bit : {O_WRONLY, O_RDWR, O_CREAT, O_TRUNC}) {
    const auto flag = static_cast<std::uint64_t>(bit);
    filter.forbid("open", argument(1, SCMP_CMP_MASKED_EQ, flag, flag));
    filter.forbid("openat", argument(2, SCMP_CMP_MASKED_EQ, flag, flag));
  }
  // Threads are made, processes are not; of clone3() nobody can tell, and C libraries know without.
  filter.forbid("clone", argument(0, SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
  filter.answer(SCMP_ACT_ERRNO(ENOSYS), "clone3");
  const auto self = static_cast<std::uint64_t>(::getpid());
  filter.forbid("kill", argument(0, SCMP_CMP_NE, self));
  filter.forbid("tgkill", argument(0, SCMP_CMP_NE, self));
  filter.forbid("rt_tgsigqueueinfo", argument(0, SCMP_CMP_NE, self));
  filter.forbid("tkill");
  filter.forbid("prlimit64", argument(2, SCMP_CMP_NE, 0));
  filter.forbid("prctl", argument(0, SCMP_CMP_EQ, PR_SET_PDEATHSIG));
  filter.forbid("ioctl", argument(1, SCMP_CMP_EQ, TIOCSTI));
  filter.load();
}

}  // namespace

void confine_this_process(std::chrono::duration<double> processor_time) {
  // Debug information is read from the object alone, never from the network.
  ::unsetenv("DEBUGINFOD_URLS");
  limit_resources(processor_time);
  forbid_calls();
}

void let_go_of_descriptors(bool keeps_errors) {
  const int nowhere = ::open("/dev/null", O_RDWR);
  ::dup2(nowhere, STDIN_FILENO);
  ::dup2(nowhere, STDOUT_FILENO);
  if (!keeps_errors) ::dup2(nowhere, STDERR_FILENO);
  ::close_range(STDERR_FILENO + 1, ~0U, 0);
}

}  // namespace stockcheck::harness
