// SPDX-License-Identifier: GPL-2.0-only
// What the functions of kernel_source/ throw when the machine fails them.
#pragma once

#include "text/foreign_text.hpp"

#include <stdexcept>
#include <string>

namespace stockcheck::kernel_source {

/// A full disk, no memory, no descriptors, a compiler that crashes: nothing that the user or the
/// author of a patch did wrong. No source_error, so that nobody takes it for one of those on its
/// way to main().
class machine_error : public std::runtime_error {
 public:
  explicit machine_error(const std::string& message)
      : std::runtime_error(text::in_lines(message)) {}
};

}  // namespace stockcheck::kernel_source
