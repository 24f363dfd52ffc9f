// What the functions of source/ throw when they cannot do what was asked.
#pragma once

#include "source/system/printable.hpp"

#include <stdexcept>
#include <string>

namespace stockcheck::source {

/// One clear message for the user: names the file and the line or hunk, and says what to do. Not a
/// finding about the checked code, and not the machine's fault, which is a machine_error. Messages
/// often quote a patch, and are made printable.
class source_error : public std::runtime_error {
 public:
  explicit source_error(const std::string& message) : std::runtime_error(printable(message)) {}
};

}  // namespace stockcheck::source
