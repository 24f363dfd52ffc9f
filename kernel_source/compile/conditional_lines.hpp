// SPDX-License-Identifier: GPL-2.0-only
// Which lines of a file of the kernel its conditionals leave, whoever compiles them.
#pragma once

#include <atomic>
#include <optional>
#include <set>
#include <string>

namespace stockcheck::kernel_source {

/// The lines, from 1, that are left of `text` with the configuration of the shim, and no other
/// header. None can be told if a conditional asks for what a header would define. `stop`: gives up
/// when it becomes true. Throws machine_error.
std::optional<std::set<unsigned>> lines_left_by_conditionals(const std::string& text,
                                                             const std::atomic<bool>* stop);

}  // namespace stockcheck::kernel_source
