// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/system/trouble.hpp"

#include "kernel_source/machine_error.hpp"
#include "kernel_source/source_error.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace stockcheck::kernel_source {

namespace {

constexpr std::array errors{ENOSPC, EDQUOT, EMFILE, ENFILE, ENOMEM, EAGAIN,
                            EIO,    EROFS,  EFBIG,  ENODEV, ESTALE};

}  // namespace

bool is_trouble_of_machine(int error) { return std::ranges::find(errors, error) != errors.end(); }

bool is_trouble_of_machine(std::string_view messages) {
  // What a compiler says, as it does of wrong code, when its parts are killed, have no memory, or
  // are broken.
  static constexpr std::array marks{" terminated program ",
                                    "unable to execute command",
                                    "error trying to exec",
                                    "cannot execute",
                                    "internal compiler error",
                                    "PLEASE submit a bug report",
                                    "out of memory",
                                    "virtual memory exhausted",
                                    "memory exhausted",
                                    "Wrote only",
                                    "failed to write new configuration file"};
  const auto is_said = [messages](const char* words) {
    return messages.find(words) != std::string_view::npos;
  };
  return std::ranges::any_of(marks, is_said) ||
         std::ranges::any_of(errors, [&](int error) { return is_said(::strerrordesc_np(error)); });
}

void throw_failure(bool of_machine, const std::string& message) {
  if (of_machine) throw machine_error(message);
  throw source_error(message);
}

}  // namespace stockcheck::kernel_source
