// SPDX-License-Identifier: GPL-2.0-only
// What a job can do to the rest, and what is believed of what it leaves.
#include "harness/pool/result_slot.hpp"
#include "report/json.hpp"
#include "tests/harness/pool/pooled_jobs.hpp"

#include <doctest/doctest.h>

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace stockcheck;
using harness::job;

namespace fs = std::filesystem;

namespace {

/// What becomes of a job that is confined, as those of the checked code are.
report::result confined(const std::function<void()>& code) {
  job j = job_that([&](const auto&) -> report::result {
    code();
    return {.scenario = "blank", .verdict = verdict::pass};
  });
  j.confined_to = std::chrono::seconds(20);
  recorder observer;
  return run({j}, observer).at(0);
}

report::result result_of(const std::function<report::result()>& code) {
  recorder observer;
  return run({job_that([&](const auto&) { return code(); })}, observer).at(0);
}

/// Memory that stays shared with the jobs.
class shared_number {
 public:
  shared_number() {
    void* const memory = ::mmap(nullptr, sizeof(std::atomic<int>), PROT_READ | PROT_WRITE,
                                MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    number_ = new (memory) std::atomic<int>{0};
  }
  std::atomic<int>& operator*() { return *number_; }

 private:
  std::atomic<int>* number_ = nullptr;
};

/// Also if nobody has asked how it went.
bool is_gone(pid_t process) {
  std::ifstream stat("/proc/" + std::to_string(process) + "/stat");
  std::string word;
  stat >> word >> word >> word;
  return word.empty() || word == "Z";
}

}  // namespace

TEST_CASE("the record of another scenario, checker, subject or model is not believed") {
  const report::result blank{.scenario = "blank", .verdict = verdict::pass};
  for (const auto change : {+[](report::result& r) { r.scenario = "other"; },
                            +[](report::result& r) { r.checker = "other"; },
                            +[](report::result& r) { r.subject = "other"; },
                            +[](report::result& r) { r.model = "other"; }}) {
    const report::result left = result_of([&] {
      report::result record = blank;
      change(record);
      return record;
    });
    CHECK(left.verdict == verdict::unknown);
    CHECK(left.scenario == "blank");
    CHECK(left.guarantee.find("something else") != std::string::npos);
  }
  CHECK(result_of([&] { return blank; }).verdict == verdict::pass);
}

TEST_CASE("a record that passes has all models that were asked for, another may have ended early") {
  struct left {
    verdict claimed;
    const char* models;
    bool is_believed;
  };
  for (const auto& [claimed, models, is_believed] :
       {left{verdict::pass, "SC, TSO", true}, left{verdict::pass, "SC", false},
        left{verdict::pass, "", false}, left{verdict::fail, "SC, TSO", true},
        left{verdict::fail, "SC", true}, left{verdict::fail, "", false},
        left{verdict::known, "SC", true}, left{verdict::known, "", false},
        left{verdict::skipped, "", true}, left{verdict::skipped, "RC11", false}}) {
    CAPTURE(models);
    job j = job_that([said = claimed, name = models](const auto&) -> report::result {
      return {.scenario = "blank", .verdict = said, .model = name};
    });
    j.models = "SC, TSO";
    recorder observer;
    CHECK(run({j}, observer).at(0).verdict == (is_believed ? claimed : verdict::unknown));
  }
}

TEST_CASE("a process that ends by itself has no result, whatever it says at its end") {
  for (const int code : {EXIT_SUCCESS, EXIT_FAILURE}) {
    const report::result left = result_of([code]() -> report::result { ::_exit(code); });
    CHECK(left.verdict == verdict::unknown);
    CHECK(left.guarantee == "the checker failed: its process ended without a result");
  }
}

TEST_CASE("two results are none, and what is no record is none") {
  using slot = harness::result_slot;
  slot left;
  left.put(slot::content::result, "{}");
  CHECK(left.puts() == 1);
  CHECK(left.get(slot::content::result) == "{}");
  CHECK(!left.get(slot::content::error));
  left.put(slot::content::result, "another");
  CHECK(left.puts() == 2);
  CHECK(left.get(slot::content::result) == "{}");
  CHECK_THROWS(report::result_from_json_text("garbage"));
  CHECK_THROWS(report::result_from_json_text(std::string(100000, '[')));
}

TEST_CASE(
    "nothing of a job survives it, and a process that it left does not keep its result back") {
  shared_number left_behind;
  const report::result left = result_of([&]() -> report::result {
    const pid_t child = ::fork();
    if (child == 0) wait_for_ever();
    *left_behind = child;
    return {.scenario = "blank", .verdict = verdict::pass};
  });
  CHECK(left.verdict == verdict::pass);
  while (!is_gone(*left_behind)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

TEST_CASE("a job dies with the process that waits for it") {
  shared_number runs;
  const pid_t parent = ::fork();
  if (parent == 0) {
    (void)result_of([&]() -> report::result {
      *runs = ::getpid();
      wait_for_ever();
    });
    ::_exit(EXIT_SUCCESS);
  }
  while (*runs == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  ::kill(parent, SIGKILL);
  ::waitpid(parent, nullptr, 0);
  while (!is_gone(*runs)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

TEST_CASE("a job has no descriptor of the process that waits for it") {
  const int mine = ::dup(STDOUT_FILENO);
  const report::result left = result_of([&]() -> report::result {
    const bool is_open = ::write(mine, "", 0) == 0;
    return {.scenario = "blank", .verdict = is_open ? verdict::fail : verdict::pass};
  });
  ::close(mine);
  CHECK(left.verdict == verdict::pass);
}

TEST_CASE("a process that is killed from without is no finding about the code") {
  const report::result left = result_of([]() -> report::result {
    ::raise(SIGKILL);
    return {};
  });
  CHECK(left.verdict == verdict::unknown);
  CHECK(left.guarantee.find("killed") != std::string::npos);
}

TEST_CASE("checked code that reaches for files, processes or the network is found out") {
  const fs::path file =
      fs::temp_directory_path() / ("stockcheck-test-" + std::to_string(::getpid()));
  std::ofstream(file) << "evidence";
  const std::vector<std::function<void()>> reaches{
      [&] { std::ofstream{file}; },
      [&] { std::remove(file.c_str()); },
      [&] { std::rename(file.c_str(), (file.string() + "2").c_str()); },
      [] { ::fork(); },
      [] { (void)!std::system("true"); },
      [] { ::kill(::getppid(), SIGKILL); },
      [] { ::setsid(); },
      [] { ::execl("/bin/true", "true", nullptr); }};
  for (const auto& reach : reaches) {
    const report::result left = confined(reach);
    CHECK(left.verdict == verdict::fail);
    REQUIRE(left.finding);
    CHECK(left.finding->what ==
          "the checked code makes a system call, which code of the kernel does not");
  }
  std::string content;
  std::ifstream(file) >> content;
  CHECK(content == "evidence");
  fs::remove(file);
}

TEST_CASE("checked code may use memory and threads, and read") {
  const report::result left = confined([] {
    std::thread([] { std::ifstream("/proc/self/maps").get(); }).join();
    std::raise(0);
  });
  CHECK(left.verdict == verdict::pass);
}

TEST_CASE("bytes that are not UTF-8 do not change a verdict") {
  const report::result left = result_of([]() -> report::result {
    return {.scenario = "blank",
            .verdict = verdict::fail,
            .finding =
                report::finding{.kind = oracle::scenario, .what = "bad \xff\xfe byte\n\033[31m"}};
  });
  CHECK(left.verdict == verdict::fail);
  REQUIRE(left.finding);
  CHECK(left.finding->what == "bad \\xff\\xfe byte\\n\\x1b[31m");
}
