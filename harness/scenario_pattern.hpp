// SPDX-License-Identifier: GPL-2.0-only
// How a pattern chooses scenarios by their names.
#pragma once

#include <string>
#include <string_view>

namespace stockcheck::harness {

/// Whether the pattern is the name, is its algorithm (the part before the slash), or matches it
/// with the wildcards of the shell.
[[nodiscard]] bool matches(const std::string& pattern, std::string_view name);

}  // namespace stockcheck::harness
