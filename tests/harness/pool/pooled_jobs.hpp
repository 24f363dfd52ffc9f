// SPDX-License-Identifier: GPL-2.0-only
// Jobs for tests of the pool that runs them.
#pragma once

#include "harness/pool/process_pool.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <thread>
#include <utility>
#include <vector>

namespace stockcheck {

class recorder final : public harness::pool_observer {
 public:
  void started(std::size_t) override { ++starts; }
  void advanced(std::size_t, const harness::progress& to) override { last = to; }
  void finished(std::size_t, const report::result&) override { ++ends; }
  void tick() override {}

  int starts = 0;
  int ends = 0;
  harness::progress last;
};

inline harness::job job_that(std::function<report::result(const harness::progress_sink&)> runs,
                             double seconds = 60) {
  return {.blank = {.scenario = "blank"},
          .limit = std::chrono::duration<double>(seconds),
          .processors = 1,
          .run = std::move(runs)};
}

inline std::vector<report::result> run(const std::vector<harness::job>& jobs, recorder& observer,
                                       bool stopped = false) {
  const std::atomic<bool> stop{stopped};
  return harness::run_all(jobs, 2, observer, stop);
}

[[noreturn]] inline void wait_for_ever() {
  for (;;) std::this_thread::sleep_for(std::chrono::seconds(1));
}

}  // namespace stockcheck
