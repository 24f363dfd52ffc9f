// SPDX-License-Identifier: GPL-2.0-only
// Running programs: what goes in, what comes out, and how they are ended.
#include "kernel_source/system/run_process.hpp"

#include "tests/kernel_source/workshop.hpp"

#include <doctest/doctest.h>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <string>
#include <thread>

using namespace stockcheck::kernel_source;

namespace {

process_result run(std::vector<std::string> arguments, std::string input = {}) {
  return run_process({.arguments = std::move(arguments),
                      .input = std::move(input),
                      .environment = plain_environment()});
}

}  // namespace

TEST_CASE("a program gets its input and its outputs are kept apart") {
  const process_result echo = run({"cat"}, "some text\n");
  CHECK(echo.succeeded());
  CHECK(echo.output == "some text\n");
  CHECK(echo.errors.empty());
  const process_result failed = run({"cat", "/nonexistent"});
  CHECK(failed.exit_code == 1);
  CHECK(failed.output.empty());
  CHECK(failed.errors == "cat: /nonexistent: No such file or directory\n");
  CHECK(how_it_ended(failed) == "exit code 1");
}

TEST_CASE("much input and much output do not block each other") {
  const std::string much(std::size_t{3} << 20, 'x');
  CHECK(run({"cat"}, much).output == much);
}

TEST_CASE("a program that does not read its input is no harm") {
  CHECK(run({"true"}, std::string(std::size_t{3} << 20, 'x')).succeeded());
}

TEST_CASE("arguments reach the program as they are, no shell takes them apart") {
  CHECK(run({"printf", "%s|", "a b", "$(id)", "; ls", "'\""}).output == "a b|$(id)|; ls|'\"|");
}

TEST_CASE("the environment is what the request says and nothing else") {
  ::setenv("GIT_DIR", "/nonexistent", 1);
  const process_result result =
      run_process({.arguments = {"env"}, .environment = {"ONE=1", "TWO=2"}});
  ::unsetenv("GIT_DIR");
  CHECK(result.output == "ONE=1\nTWO=2\n");
}

TEST_CASE("a program runs in the directory that is asked for") {
  CHECK(run_process({.arguments = {"pwd"}, .directory = "/usr"}).output == "/usr\n");
  CHECK(error_of([] { run_process({.arguments = {"pwd"}, .directory = "/nonexistent"}); }) ==
        "pwd: cannot be run in /nonexistent: no such directory");
}

TEST_CASE("a program that is not installed is named") {
  CHECK(error_of([] { run({"no-such-program"}); }) ==
        "no-such-program: no such program is installed");
}

TEST_CASE("a signal that ends a program is told") {
  const process_result result = run({"sh", "-c", "kill -9 $$"});
  CHECK_FALSE(result.succeeded());
  CHECK(result.signal == SIGKILL);
  CHECK(how_it_ended(result) == "signal 9 (Killed)");
}

TEST_CASE("a program that does not end is killed together with its children") {
  // The child would keep the pipe open for an hour.
  CHECK(trouble_of([] {
          run_process({.arguments = {"sh", "-c", "sleep 3600 & sleep 3600"},
                       .environment = plain_environment(),
                       .limit = std::chrono::milliseconds(200)});
        }) == "sh: killed: it did not end within 0.2 s");
}

TEST_CASE("a program that writes without end is killed") {
  CHECK(error_of([] {
          run_process(
              {.arguments = {"yes"}, .environment = plain_environment(), .output_limit = 1000000});
        }) == "yes: killed: it wrote more than 1000000 bytes");
}

TEST_CASE("a program is killed when the caller is told to stop") {
  std::atomic<bool> stop = true;
  CHECK(error_of([&] {
          run_process(
              {.arguments = {"sleep", "3600"}, .environment = plain_environment(), .stop = &stop});
        }) == "sleep: interrupted");
}

TEST_CASE("a child left in the background does not keep its parent's result") {
  CHECK(run({"sh", "-c", "echo done; sleep 5 &"}).output == "done\n");
}

TEST_CASE("a process that ignores the end of its children gets an error, not a result") {
  struct sigaction ignore{};
  struct sigaction old{};
  ignore.sa_handler = SIG_IGN;
  ::sigaction(SIGCHLD, &ignore, &old);
  const std::string message = trouble_of([] { run({"false"}); });
  ::sigaction(SIGCHLD, &old, nullptr);
  // No child, or, when it ended before anybody looked, no such process.
  CHECK(contains(message, "false: cannot be run: No "));
}

namespace {

/// Also if nobody has asked how it went.
bool is_gone(const std::string& process) {
  std::ifstream stat("/proc/" + process + "/stat");
  std::string word;
  stat >> word >> word >> word;
  return word.empty() || word == "Z";
}

std::string first_line_of(const std::string& file) {
  std::string line;
  while (line.empty()) {
    std::ifstream stream(file);
    // The number is there as a whole once its line has ended.
    if (!std::getline(stream, line) || stream.eof()) line.clear();
  }
  return line;
}

}  // namespace

TEST_CASE("nothing that a program has started survives it") {
  const workshop shop;
  const std::string file = shop.at("process");
  CHECK(run({"sh", "-c", "sleep 3600 & echo $! > " + file}).succeeded());
  const std::string process = first_line_of(file);
  while (!is_gone(process)) std::this_thread::yield();
}

TEST_CASE("a program and what it has started die with the process that waits for it") {
  const workshop shop;
  const std::string file = shop.at("process");
  const pid_t waiting = ::fork();
  if (waiting == 0) {
    run({"sh", "-c", "sleep 3600 & echo $! > " + file + "; wait"});
    ::_exit(0);
  }
  const std::string process = first_line_of(file);
  ::kill(waiting, SIGKILL);
  ::waitpid(waiting, nullptr, 0);
  while (!is_gone(process)) std::this_thread::yield();
}

TEST_CASE("a program has no descriptor but its three streams") {
  CHECK(run({"sh", "-c", "echo /proc/self/fd/*"}).output.find("/3 /") == std::string::npos);
  CHECK(run({"ls", "/proc/self/fd"}).output == "0\n1\n2\n3\n");  // the last one is its own
}

TEST_CASE("a machine without descriptors is not the program's fault") {
  const pid_t without = ::fork();
  if (without == 0) {
    const rlimit few{4, 4};
    ::setrlimit(RLIMIT_NOFILE, &few);
    ::_exit(contains(trouble_of([] { run({"true"}); }), "Too many open files") ? 0 : 1);
  }
  int status = -1;
  ::waitpid(without, &status, 0);
  CHECK(status == 0);
}
