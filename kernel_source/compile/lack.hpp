// SPDX-License-Identifier: GPL-2.0-only
// Why some of the kernel's code cannot be run.
#pragma once

#include "kernel_source/source_error.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace stockcheck::kernel_source {

enum class lack : std::uint8_t {
  none,
  function,  ///< the kernel's files have no function that scenarios call
  name,      ///< the code uses what neither the kernel's files nor the shim have, or as the shim
             ///< does not have it
  code,      ///< it is no code: the compiler or the slicer refuses it
};

/// One that is nobody's fault who wrote the code.
class lack_error final : public source_error {
 public:
  lack_error(lack what, const std::string& message) : source_error(message), what_(what) {}
  [[nodiscard]] lack kind() const { return what_; }

 private:
  lack what_;
};

/// Returns the line of a compiler's message that tells most.
std::string telling_line(const std::string& message);
/// Returns which lack a compiler's message shows, of a file that was compiled with the shim.
lack cause_of(const std::string& message);
/// Says in words, on one line, what such a message comes to.
std::string reason_of(const std::string& message, std::string_view file);

}  // namespace stockcheck::kernel_source
