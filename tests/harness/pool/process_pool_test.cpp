// SPDX-License-Identifier: GPL-2.0-only
#include "harness/pool/process_pool.hpp"

#include "kernel_source/run/endless_loop_watch.hpp"
#include "tests/harness/pool/pooled_jobs.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <stdexcept>

using namespace stockcheck;
using harness::job;

TEST_CASE("code that is confined and does not end, or crashes, is a finding") {
  job endless = job_that([](const harness::progress_sink&) -> report::result {
    const kernel_source::endless_loop_watch watch;
    for (std::atomic<unsigned> n{0};;) ++n;
  });
  endless.confined_to = std::chrono::seconds(60);
  job writing = job_that([](const harness::progress_sink&) -> report::result {
    std::FILE* const file = std::tmpfile();
    std::fputs("something", file);
    std::fflush(file);
    return {.verdict = verdict::pass};
  });
  writing.confined_to = std::chrono::seconds(20);
  recorder observer;
  const auto results = run({endless, writing}, observer);
  REQUIRE(results.size() == 2);
  CHECK(results[0].verdict == verdict::fail);
  CHECK(results[0].finding.value().what == "the checked code does not come to an end");
  CHECK(results[0].finding.value().kind == oracle::progress);
  CHECK(results[1].verdict == verdict::fail);
  CHECK(results[1].finding.value().kind == oracle::memory);
}

TEST_CASE("a job that uses up the processor time that it is confined to is unknown") {
  job greedy = job_that([](const harness::progress_sink&) -> report::result {
    for (std::atomic<unsigned> n{0};;) ++n;
  });
  greedy.confined_to = std::chrono::seconds(1);
  recorder observer;
  const auto results = run({greedy}, observer);
  CHECK(results[0].verdict == verdict::unknown);
  CHECK_FALSE(results[0].finding);
  CHECK(results[0].guarantee == "killed: it used up its processor time of 1 s");
}

TEST_CASE("results come back in the order of their jobs, with progress on the way") {
  std::vector<job> jobs;
  for (std::uint64_t n = 0; n < 5; ++n)
    jobs.push_back(job_that([n](const harness::progress_sink& sink) {
      sink({n, 100});
      return report::result{.scenario = "blank", .verdict = verdict::pass, .executions = n};
    }));
  recorder observer;
  const auto results = run(jobs, observer);
  REQUIRE(results.size() == 5);
  for (std::uint64_t n = 0; n < 5; ++n) CHECK(results[n].executions == n);
  CHECK(observer.starts == 5);
  CHECK(observer.ends == 5);
  CHECK(observer.last.estimated == 100);
}

TEST_CASE("a crash of the checked code is a finding about memory") {
  recorder observer;
  const auto results = run({job_that([](const auto&) -> report::result {
                             std::signal(SIGSEGV, SIG_DFL);
                             std::raise(SIGSEGV);
                             return {};
                           })},
                           observer);
  CHECK(results[0].verdict == verdict::fail);
  REQUIRE(results[0].finding);
  CHECK(results[0].finding->kind == oracle::memory);
  CHECK(results[0].scenario == "blank");
}

TEST_CASE("an error of the checker itself is unknown and says so") {
  recorder observer;
  const auto results =
      run({job_that([](const auto&) -> report::result { throw std::logic_error("lost count"); })},
          observer);
  CHECK(results[0].verdict == verdict::unknown);
  CHECK(results[0].guarantee == "the checker failed: lost count");
}

TEST_CASE("a job that does not end is killed and unknown") {
  recorder observer;
  const auto results =
      run({job_that([](const auto&) -> report::result { wait_for_ever(); }, 0.01)}, observer);
  CHECK(results[0].verdict == verdict::unknown);
  CHECK(results[0].guarantee.find("killed") != std::string::npos);
}

TEST_CASE("what was not run because of an interrupt is unknown") {
  recorder observer;
  const auto results =
      run({job_that([](const auto&) -> report::result { return {}; })}, observer, true);
  CHECK(results[0].verdict == verdict::unknown);
  CHECK(observer.starts == 0);
}

TEST_CASE("a job that needs more processors than there are runs alone") {
  /// Counts jobs that run at the same time.
  class overlap final : public harness::pool_observer {
   public:
    void started(std::size_t) override { most = std::max(most, ++running); }
    void advanced(std::size_t, const harness::progress&) override {}
    void finished(std::size_t, const report::result&) override { --running; }
    void tick() override {}
    int running = 0;
    int most = 0;
  };
  std::vector<job> jobs;
  for (int n = 0; n < 4; ++n) {
    jobs.push_back(job_that([](const auto&) -> report::result { return {}; }));
    jobs.back().processors = 3;
  }
  overlap observer;
  const std::atomic<bool> stop{false};
  CHECK(harness::run_all(jobs, 2, observer, stop).size() == 4);
  CHECK(observer.most == 1);
}
