// SPDX-License-Identifier: GPL-2.0-only
// One job in a process of its own.
#pragma once

#include "harness/pool/process_pool.hpp"
#include "harness/pool/result_slot.hpp"
#include "kernel_source/system/descriptor.hpp"

#include <sys/resource.h>
#include <sys/types.h>

#include <string>

namespace stockcheck::harness {

/// Starts the job on construction; kills what is still running on destruction.
///
/// The process dies with its parent, and what it has started dies with it. It has no descriptor of
/// the parent's: its result is what is in memory that both share once it has ended, if it has ended
/// well, if there is one, and if it is the one that was asked for.
class child_process {
 public:
  child_process(const job& what, std::size_t index);
  child_process(const child_process&) = delete;
  child_process& operator=(const child_process&) = delete;
  ~child_process();

  [[nodiscard]] std::size_t index() const { return index_; }
  /// A descriptor that becomes readable when the process ends.
  [[nodiscard]] int end_descriptor() const { return end_.number(); }
  [[nodiscard]] bool is_overdue() const;

  /// Calls `advanced` if the job is further than it was the last time.
  void observe(pool_observer& observer);
  /// Says how the job went, whose process has ended.
  report::result collect();
  /// Ends the job; `why` becomes the reason of the unknown verdict.
  report::result abort(const std::string& why);

 private:
  /// How the process went, and what it used.
  struct ending {
    int status = 0;
    rusage used{};
  };

  /// Kills the process and its group, waits for its end.
  ending end();
  [[nodiscard]] report::result killed_by(int signal, const rusage& used) const;
  [[nodiscard]] report::result lost(const std::string& why) const;

  const job& job_;
  std::size_t index_;
  std::chrono::steady_clock::time_point started_;
  result_slot slot_;
  pid_t pid_ = -1;
  kernel_source::descriptor end_;
  progress told_;
};

}  // namespace stockcheck::harness
