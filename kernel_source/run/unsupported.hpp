// SPDX-License-Identifier: GPL-2.0-only
// How a scenario ends on real threads that cannot be run on the code under test.
#pragma once

#include <exception>
#include <string>
#include <utility>

namespace stockcheck::kernel_source {

/// The scenario asks for what the code does not have: what() names it.
class absent final : public std::exception {
 public:
  explicit absent(std::string what) : what_(std::move(what)) {}
  [[nodiscard]] const char* what() const noexcept override { return what_.c_str(); }

 private:
  std::string what_;
};

/// The code could not be compiled, or asks for what it cannot be given: what() says why.
class unsupported final : public std::exception {
 public:
  explicit unsupported(std::string why) : why_(std::move(why)) {}
  [[nodiscard]] const char* what() const noexcept override { return why_.c_str(); }

 private:
  std::string why_;
};

}  // namespace stockcheck::kernel_source
