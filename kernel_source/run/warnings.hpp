// SPDX-License-Identifier: GPL-2.0-only
// The warnings of the kernel's code, which say what they say in words that any patch may change.
#pragma once

#include "verdict/finding.hpp"

#include <string>
#include <string_view>

namespace stockcheck::kernel_source {

/// Returns the oracle of a warning that comes if `condition` holds, which is as the source has it.
/// What the condition looks at is what the warning is about: what it finds below zero is a counter.
[[nodiscard]] oracle oracle_of_warning(std::string_view condition);

/// Keeps both texts until the process ends: the kernel's are in memory that it uses again, and in
/// an object that may go. Returns that of the words. From any thread.
const char* keep_warning(std::string_view words, std::string_view condition);

/// The condition of a warning that was kept; empty if these are not the words of one.
[[nodiscard]] std::string condition_of_warning(std::string_view words);

}  // namespace stockcheck::kernel_source
