// SPDX-License-Identifier: GPL-2.0-only
// Who decides whether an execution goes on behind an expectation that failed.
#pragma once

#include "verdict/finding.hpp"

namespace stockcheck {

/// Set by a runner, for the thread that runs code under test.
class expectation_judge {
 public:
  expectation_judge() = default;
  expectation_judge(const expectation_judge&) = delete;
  expectation_judge& operator=(const expectation_judge&) = delete;
  virtual ~expectation_judge() = default;

  /// Whether the execution goes on as if nothing had happened. What `failed` points to may be
  /// gone when this returns.
  virtual bool goes_on_behind(const failed_expectation& failed) = 0;
};

}  // namespace stockcheck
