// SPDX-License-Identifier: GPL-2.0-only
// The processor time of this process: what a budget of time is counted in, so that a busy machine
// cuts no search.
#pragma once

#include <chrono>
#include <ctime>

namespace stockcheck::harness {

/// Adds up what all its threads used, and what the system used on their behalf.
inline std::chrono::duration<double> processor_time() {
  timespec used{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

/// Ends when the process has used so much more, or never if that is infinite.
class processor_deadline {
 public:
  explicit processor_deadline(std::chrono::duration<double> after)
      : end_(processor_time() + after) {}

  [[nodiscard]] bool is_over() const { return left() <= std::chrono::duration<double>::zero(); }
  [[nodiscard]] std::chrono::duration<double> left() const { return end_ - processor_time(); }

 private:
  std::chrono::duration<double> end_;
};

}  // namespace stockcheck::harness
