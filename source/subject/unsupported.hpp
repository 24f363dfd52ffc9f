// How a scenario ends on real threads that asks for what the code under test does not have.
#pragma once

#include <exception>
#include <string>
#include <utility>

namespace stockcheck::source {

/// what() says what is lacking.
class unsupported final : public std::exception {
 public:
  explicit unsupported(std::string what) : what_(std::move(what)) {}
  [[nodiscard]] const char* what() const noexcept override { return what_.c_str(); }

 private:
  std::string what_;
};

}  // namespace stockcheck::source
