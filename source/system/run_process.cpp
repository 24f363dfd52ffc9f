#include "source/system/run_process.hpp"

#include "source/source_error.hpp"
#include "source/system/descriptor.hpp"

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

namespace stockcheck::source {

namespace {

using clock = std::chrono::steady_clock;
constexpr int tick_milliseconds = 100;

[[noreturn]] void fail(const process_request& request, const std::string& why) {
  throw source_error(fmt::format("{}: {}", request.arguments.at(0), why));
}

void require(bool done, const process_request& request, int error) {
  if (!done) fail(request, fmt::format("cannot be run: {}", std::strerror(error)));
}

/// A file in memory: unlike a pipe it needs nobody to feed it, and no SIGPIPE comes of it.
descriptor input_file(const process_request& request) {
  descriptor file{::memfd_create("input", MFD_CLOEXEC)};
  require(file.is_open(), request, errno);
  std::string_view left = request.input;
  while (!left.empty()) {
    const ssize_t written = ::write(file.number(), left.data(), left.size());
    require(written > 0, request, errno);
    left.remove_prefix(static_cast<std::size_t>(written));
  }
  require(::lseek(file.number(), 0, SEEK_SET) == 0, request, errno);
  return file;
}

/// The end of a pipe that this process reads, and what came through it.
class captured {
 public:
  captured(const process_request& request, std::string& text) : request_(request), text_(text) {
    std::array<int, 2> ends{};
    require(::pipe2(ends.data(), O_CLOEXEC) == 0, request, errno);
    read_ = descriptor(ends[0]);
    write_ = descriptor(ends[1]);
    require(::fcntl(read_.number(), F_SETFL, O_NONBLOCK) == 0, request, errno);
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
      require(got >= 0, request_, errno);
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

/// What posix_spawn is to do; its calls return an error number.
class spawn_plan {
 public:
  explicit spawn_plan(const process_request& request) : request_(request) {
    check(::posix_spawn_file_actions_init(&actions_));
    check(::posix_spawnattr_init(&attributes_));
  }
  spawn_plan(const spawn_plan&) = delete;
  spawn_plan& operator=(const spawn_plan&) = delete;
  ~spawn_plan() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }

  void use(int from, int as) { check(::posix_spawn_file_actions_adddup2(&actions_, from, as)); }

  pid_t start() {
    check(::posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1));
    if (!request_.directory.empty())
      check(::posix_spawn_file_actions_addchdir_np(&actions_, request_.directory.c_str()));
    sigset_t none;
    sigset_t all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    check(::posix_spawnattr_setsigmask(&attributes_, &none));
    check(::posix_spawnattr_setsigdefault(&attributes_, &all));
    check(::posix_spawnattr_setpgroup(&attributes_, 0));
    check(::posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP));
    // posix_spawn changes none of them, but its type does not say so.
    std::vector<std::string> argument_texts = request_.arguments;
    std::vector<std::string> environment_texts = request_.environment;
    const std::vector<char*> arguments = pointers(argument_texts);
    const std::vector<char*> environment = pointers(environment_texts);
    pid_t child = -1;
    const int error = ::posix_spawnp(&child, arguments[0], &actions_, &attributes_,
                                     arguments.data(), environment.data());
    if (error == ENOENT) fail(request_, "no such program is installed");
    check(error);
    return child;
  }

 private:
  void check(int error) const { require(error == 0, request_, error); }

  static std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    all.reserve(texts.size() + 1);
    for (std::string& text : texts) all.push_back(text.data());
    all.push_back(nullptr);
    return all;
  }

  const process_request& request_;
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

/// A process; killed with all of its group if nobody has seen its end.
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

  void reap(const process_request& request, process_result& result) {
    const int status = wait();
    // Somebody else has reaped it, or ignores SIGCHLD.
    require(status >= 0, request, errno);
    id_ = -1;
    if (WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) result.signal = WTERMSIG(status);
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

}  // namespace

process_result run_process(const process_request& request) {
  if (!request.directory.empty() && !std::filesystem::is_directory(request.directory))
    fail(request,
         fmt::format("cannot be run in {}: no such directory", request.directory.string()));

  process_result result;
  captured output(request, result.output);
  captured errors(request, result.errors);
  const descriptor input = input_file(request);
  spawn_plan plan(request);
  plan.use(input.number(), STDIN_FILENO);
  plan.use(output.write_end(), STDOUT_FILENO);
  plan.use(errors.write_end(), STDERR_FILENO);
  child running(plan.start());
  require(running.end() >= 0, request, errno);
  output.close_write_end();
  errors.close_write_end();

  const auto deadline = clock::now() + request.limit;
  for (bool ended = false; !ended;) {
    std::array<pollfd, 3> events{{{output.read_end(), POLLIN, 0},
                                  {errors.read_end(), POLLIN, 0},
                                  {running.end(), POLLIN, 0}}};
    const int ready = ::poll(events.data(), events.size(), tick_milliseconds);
    require(ready >= 0 || errno == EINTR, request, errno);
    ended = ready > 0 && events[2].revents != 0;
    output.receive();
    errors.receive();
    if (request.stop != nullptr && *request.stop) fail(request, "interrupted");
    if (!ended && clock::now() > deadline)
      fail(request, fmt::format("killed: it did not end within {:g} s", request.limit.count()));
  }
  running.reap(request, result);
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

}  // namespace stockcheck::source
