// SPDX-License-Identifier: GPL-2.0-only
// A failed expectation as an exception: how policies on real threads end an execution.
#pragma once

#include "verdict/finding.hpp"

#include <exception>

namespace stockcheck {

class violation : public std::exception {
 public:
  explicit violation(const failed_expectation& failed) : failed_(failed) {}
  [[nodiscard]] const failed_expectation& failed() const noexcept { return failed_; }
  [[nodiscard]] const char* what() const noexcept override { return failed_.what; }

 private:
  failed_expectation failed_;
};

}  // namespace stockcheck
