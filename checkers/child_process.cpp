#include "checkers/child_process.hpp"

#include "checkers/no_end.hpp"
#include "report/json.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstring>
#include <new>
#include <system_error>

namespace stockcheck::checkers {

namespace {

/// A message on the pipe: this header, then `bytes` of payload.
// NOLINTNEXTLINE(performance-enum-size): a header without padding
enum class message : std::uint32_t { progress, result, error };
struct message_header {
  message kind{};
  std::uint32_t bytes = 0;
};

/// The parent may have gone: then there is nobody to tell.
void send(int pipe, message kind, const void* payload, std::size_t bytes) {
  const auto put = [pipe](const void* data, std::size_t left) {
    const auto* at = static_cast<const char*>(data);
    while (left > 0) {
      const ssize_t written = ::write(pipe, at, left);
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) ::_exit(EXIT_FAILURE);
      at += written;
      left -= static_cast<std::size_t>(written);
    }
  };
  const message_header header{kind, static_cast<std::uint32_t>(bytes)};
  put(&header, sizeof header);
  put(payload, bytes);
}

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

/// The whole life of the child. Leaves without running destructors of the parent's objects.
[[noreturn]] void live(const job& what, int pipe) {
  // A Ctrl-C reaches the whole process group; the parent decides what becomes of its children.
  std::signal(SIGINT, SIG_IGN);
  if (what.confined_to) limit_resources(*what.confined_to);
  std::string text;
  message kind = message::result;
  try {
    text = report::to_json_text(
        what.run([pipe](const progress& at) { send(pipe, message::progress, &at, sizeof at); }));
  } catch (const std::bad_alloc&) {
    kind = message::error;
    text = "it needs more memory than there is, or than it may use";
  } catch (const std::exception& error) {
    kind = message::error;
    text = error.what();
  }
  send(pipe, kind, text.data(), text.size());
  ::_exit(EXIT_SUCCESS);
}

report::finding finding_of_signal(int signal) {
  if (signal == SIGVTALRM) return no_end();  // see endless_loop_watch
  const std::string what = fmt::format("the checked code crashed: {}", ::strsignal(signal));
  return {.kind = oracle::memory, .what = what, .signature = fmt::format("memory: {}", what)};
}

[[noreturn]] void raise_errno(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

child_process::child_process(const job& what, std::size_t index)
    : job_(what), index_(index), started_(std::chrono::steady_clock::now()) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) raise_errno("pipe");
  pid_ = ::fork();
  if (pid_ < 0) {
    const int failed = errno;
    ::close(ends[0]);
    ::close(ends[1]);
    throw std::system_error(failed, std::generic_category(), "fork");
  }
  if (pid_ == 0) {
    ::close(ends[0]);
    live(what, ends[1]);
  }
  ::close(ends[1]);
  pipe_ = ends[0];
}

child_process::~child_process() {
  if (pid_ > 0) {
    int status = 0;
    ::kill(pid_, SIGKILL);
    reap(status);
  }
  if (pipe_ >= 0) ::close(pipe_);
}

bool child_process::is_overdue() const {
  return std::chrono::steady_clock::now() - started_ > job_.limit;
}

bool child_process::receive(pool_observer& observer) {
  std::array<char, 65536> buffer{};
  const ssize_t got = ::read(pipe_, buffer.data(), buffer.size());
  if (got < 0) return errno == EINTR || errno == EAGAIN;
  if (got == 0) return false;
  received_.append(buffer.data(), static_cast<std::size_t>(got));
  for (message_header header; received_.size() >= sizeof header;) {
    std::memcpy(&header, received_.data(), sizeof header);
    if (received_.size() < sizeof header + header.bytes) break;
    const std::string payload = received_.substr(sizeof header, header.bytes);
    received_.erase(0, sizeof header + header.bytes);
    if (header.kind == message::progress && payload.size() == sizeof(progress)) {
      progress at;
      std::memcpy(&at, payload.data(), sizeof at);
      observer.advanced(index_, at);
    } else {
      (header.kind == message::result ? result_json_ : error_) = payload;
    }
  }
  return true;
}

void child_process::reap(int& status) {
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) continue;
  pid_ = -1;
}

report::result child_process::collect() {
  int status = 0;
  reap(status);
  if (result_json_) return report::result_from_json_text(*result_json_);
  // Whose fault that is only the message can tell: stockcheck's, the machine's or the code's.
  if (error_) return lost("the checker failed: " + *error_);
  if (!WIFSIGNALED(status)) return lost("the checker failed: its process ended without a result");
  if (WTERMSIG(status) == SIGXCPU && job_.confined_to)
    return lost(fmt::format("killed: it used up its processor time of {:.0f} s",
                            job_.confined_to->count()));

  report::result crashed = job_.blank;
  crashed.verdict = report::verdict::fail;
  crashed.guarantee = "the process that ran it was killed by a signal";
  crashed.finding = finding_of_signal(WTERMSIG(status));
  return crashed;
}

report::result child_process::abort(const std::string& why) {
  int status = 0;
  ::kill(pid_, SIGKILL);
  reap(status);
  return lost(why);
}

report::result child_process::lost(const std::string& why) const {
  report::result result = job_.blank;
  result.verdict = report::verdict::unknown;
  result.guarantee = why;
  return result;
}

}  // namespace stockcheck::checkers
