// SPDX-License-Identifier: GPL-2.0-only
// Whose fault a failure is: the machine's, or that of who asked for it.
#pragma once

#include <string>
#include <string_view>

namespace stockcheck::kernel_source {

/// Whether an error number says that the machine has too little of something, or is broken. A file
/// that is not there or may not be read is the user's affair.
[[nodiscard]] bool is_trouble_of_machine(int error);

/// Whether a program says so, in the C locale.
[[nodiscard]] bool is_trouble_of_machine(std::string_view messages);

/// Throws machine_error or source_error with the message.
[[noreturn]] void throw_failure(bool of_machine, const std::string& message);

}  // namespace stockcheck::kernel_source
