// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/system/run_process.hpp"

#include "kernel_source/machine_error.hpp"
#include "kernel_source/source_error.hpp"
#include "kernel_source/system/descriptor.hpp"
#include "kernel_source/system/supervisor.hpp"
#include "kernel_source/system/trouble.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace stockcheck::kernel_source {

namespace {

using clock = std::chrono::steady_clock;
constexpr int tick_milliseconds = 100;

[[noreturn]] void fail(const process_request& request, const std::string& why) {
  throw source_error(fmt::format("{}: {}", request.arguments.at(0), why));
}

/// `error`: an error number; 0: errno, which no argument of the call may read, for the order of
/// them.
void require(bool done, const process_request& request, int error = 0) {
  if (error == 0) error = errno;
  // A program that may not be run is a wrong one. All else is the machine.
  if (!done)
    throw_failure(
        error != EACCES && error != ENOEXEC,
        fmt::format("{}: cannot be run: {}", request.arguments.at(0), std::strerror(error)));
}

/// A file in memory: unlike a pipe it needs nobody to feed it, and no SIGPIPE comes of it.
descriptor input_file(const process_request& request) {
  descriptor file{::memfd_create("input", MFD_CLOEXEC)};
  require(file.is_open(), request);
  std::string_view left = request.input;
  while (!left.empty()) {
    const ssize_t written = ::write(file.number(), left.data(), left.size());
    require(written > 0, request);
    left.remove_prefix(static_cast<std::size_t>(written));
  }
  require(::lseek(file.number(), 0, SEEK_SET) == 0, request);
  return file;
}

/// The end of a pipe that this process reads, and what came through it.
class captured {
 public:
  captured(const process_request& request, std::string& text) : request_(request), text_(text) {
    std::array<int, 2> ends{};
    require(::pipe2(ends.data(), O_CLOEXEC) == 0, request);
    read_ = descriptor(ends[0]);
    write_ = descriptor(ends[1]);
    require(::fcntl(read_.number(), F_SETFL, O_NONBLOCK) == 0, request);
  }

  [[nodiscard]] int read_end() const { return read_.number(); }
  [[nodiscard]] int write_end() const { return write_.number(); }
  void close_write_end() { write_.close(); }

  /// Takes all that is there now.
  void receive() {
    std::array<char, 65536> buffer{};
    while (read_.is_open()) {
      const ssize_t got = ::read(read_.number(), buffer.data(), buffer.size());
      if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
      require(got >= 0, request_);
      if (got == 0) read_.close();
      text_.append(buffer.data(), static_cast<std::size_t>(got));
      if (text_.size() > request_.output_limit)
        fail(request_, fmt::format("killed: it wrote more than {} bytes", request_.output_limit));
    }
  }

 private:
  const process_request& request_;
  std::string& text_;
  descriptor read_;
  descriptor write_;
};

/// What posix_spawn is to do, in the supervisor. Its calls return an error number.
class spawn_plan {
 public:
  explicit spawn_plan(const process_request& request)
      : arguments_(request.arguments), environment_(request.environment) {
    check(::posix_spawn_file_actions_init(&actions_));
    check(::posix_spawnattr_init(&attributes_));
    check(::posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1));
    if (!request.directory.empty())
      check(::posix_spawn_file_actions_addchdir_np(&actions_, request.directory.c_str()));
    sigset_t none;
    sigset_t all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    check(::posix_spawnattr_setsigmask(&attributes_, &none));
    check(::posix_spawnattr_setsigdefault(&attributes_, &all));
    check(::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF));
  }
  spawn_plan(const spawn_plan&) = delete;
  spawn_plan& operator=(const spawn_plan&) = delete;
  ~spawn_plan() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }

  int start(pid_t& program) {
    if (error_ != 0) return error_;
    const std::vector<char*> arguments = pointers(arguments_);
    const std::vector<char*> environment = pointers(environment_);
    return ::posix_spawnp(&program, arguments[0], &actions_, &attributes_, arguments.data(),
                          environment.data());
  }

 private:
  void check(int error) {
    if (error_ == 0) error_ = error;
  }

  static std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    all.reserve(texts.size() + 1);
    for (std::string& text : texts) all.push_back(text.data());
    all.push_back(nullptr);
    return all;
  }

  // posix_spawn changes none of them, but its type does not say so.
  std::vector<std::string> arguments_;
  std::vector<std::string> environment_;
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
  int error_ = 0;
};

/// A supervisor; killed with all of its group if nobody has seen its end.
class child {
 public:
  // The C library of Debian 12 declares pidfd_open for C only.
  explicit child(pid_t id) : id_(id), end_(static_cast<int>(::syscall(SYS_pidfd_open, id, 0))) {}
  child(const child&) = delete;
  child& operator=(const child&) = delete;
  ~child() {
    if (id_ < 0) return;
    ::kill(-id_, SIGKILL);
    (void)wait();
  }

  /// Becomes readable at its end.
  [[nodiscard]] int end() const { return end_.number(); }

  /// The status as waitpid gives it.
  int reap(const process_request& request) {
    const int status = wait();
    // Somebody else has reaped it, or ignores SIGCHLD.
    require(status >= 0, request);
    id_ = -1;
    return status;
  }

 private:
  /// The status as waitpid gives it; -1 if there is no such child.
  [[nodiscard]] int wait() const {
    int status = 0;
    while (::waitpid(id_, &status, 0) < 0)
      if (errno != EINTR) return -1;
    return status;
  }

  pid_t id_;
  descriptor end_;
};

/// The status of the program: that of the supervisor, which does not end by itself, if it was
/// killed together with the program.
int status_of(const std::string& report, int status_of_supervisor, const process_request& request) {
  supervisor_report ended{.status = status_of_supervisor};
  if (report.size() == sizeof ended) std::memcpy(&ended, report.data(), sizeof ended);
  if (ended.start_error == ENOENT)
    throw source_error(fmt::format("{}: no such program is installed", request.arguments.at(0)));
  require(ended.start_error == 0, request, ended.start_error);
  return ended.status;
}

}  // namespace

process_result run_process(const process_request& request) {
  if (!request.directory.empty() && !std::filesystem::is_directory(request.directory))
    fail(request,
         fmt::format("cannot be run in {}: no such directory", request.directory.string()));

  process_result result;
  std::string report;
  captured output(request, result.output);
  captured errors(request, result.errors);
  captured reported(request, report);
  const descriptor input = input_file(request);
  spawn_plan plan(request);
  const pid_t supervisor = start_supervisor(
      {input.number(), output.write_end(), errors.write_end(), reported.write_end()},
      [&plan](pid_t& program) { return plan.start(program); });
  require(supervisor > 0, request);
  child running(supervisor);
  require(running.end() >= 0, request);
  for (captured* const pipe : {&output, &errors, &reported}) pipe->close_write_end();

  const auto deadline = clock::now() + request.limit;
  for (bool ended = false; !ended;) {
    std::array<pollfd, 3> events{{{output.read_end(), POLLIN, 0},
                                  {errors.read_end(), POLLIN, 0},
                                  {running.end(), POLLIN, 0}}};
    const int ready = ::poll(events.data(), events.size(), tick_milliseconds);
    require(ready >= 0 || errno == EINTR, request);
    ended = ready > 0 && events[2].revents != 0;
    output.receive();
    errors.receive();
    reported.receive();
    if (request.stop != nullptr && *request.stop) fail(request, "interrupted");
    if (!ended && clock::now() > deadline)
      throw machine_error(fmt::format("{}: killed: it did not end within {:g} s",
                                      request.arguments.at(0), request.limit.count()));
  }
  const int status = status_of(report, running.reap(request), request);
  if (WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) result.signal = WTERMSIG(status);
  return result;
}

std::vector<std::string> plain_environment() {
  std::vector<std::string> environment{"LC_ALL=C"};
  for (const char* name : {"PATH", "TMPDIR"})
    if (const char* const value = std::getenv(name); value != nullptr)
      environment.push_back(fmt::format("{}={}", name, value));
  return environment;
}

std::string how_it_ended(const process_result& result) {
  if (result.signal == 0) return fmt::format("exit code {}", result.exit_code);
  return fmt::format("signal {} ({})", result.signal, ::strsignal(result.signal));
}

}  // namespace stockcheck::kernel_source
