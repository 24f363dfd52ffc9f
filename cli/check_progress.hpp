// SPDX-License-Identifier: GPL-2.0-only
// The progress of many checks: how many are done, what the running ones are at, what is left.
#pragma once

#include "cli/progress_line.hpp"
#include "harness/pool/process_pool.hpp"

#include <map>
#include <vector>

namespace stockcheck::cli {

class check_progress final : public harness::pool_observer {
 public:
  explicit check_progress(const std::vector<harness::job>& jobs) : jobs_(jobs) {}

  void started(std::size_t job) override { running_[job] = {}; }
  void advanced(std::size_t job, const harness::progress& to) override { running_[job] = to; }
  void finished(std::size_t job, const report::result& with) override;
  void tick() override;

  [[nodiscard]] double seconds() const { return line_.seconds(); }

 private:
  [[nodiscard]] std::string text() const;

  const std::vector<harness::job>& jobs_;
  progress_line line_;
  std::map<std::size_t, harness::progress> running_;
  std::size_t done_ = 0;
  std::size_t failed_ = 0;
};

}  // namespace stockcheck::cli
