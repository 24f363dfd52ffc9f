// SPDX-License-Identifier: GPL-2.0-only
// What the functions of kernel_source/ throw when they cannot do what was asked.
#pragma once

#include "text/foreign_text.hpp"

#include <stdexcept>
#include <string>

namespace stockcheck::kernel_source {

/// One clear message for the user: names the file and the line or hunk, and says what to do. Not a
/// finding about the checked code, and not the machine's fault, which is a machine_error. Messages
/// often quote a patch, and pass the gate of foreign text.
class source_error : public std::runtime_error {
 public:
  explicit source_error(const std::string& message) : std::runtime_error(text::in_lines(message)) {}
};

}  // namespace stockcheck::kernel_source
