// SPDX-License-Identifier: GPL-2.0-only
// What a compiler says of a user's file, made short: errors in templates are long.
#pragma once

#include "harness/objects/scenario_subject.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace stockcheck::harness {

/// Options for messages of one line each, and few of them.
std::vector<std::string> flags_for_brief_messages(bool is_clang);

/// Returns the lines that are errors, those at the file first, or if none is there the lines that
/// say which scenario they are about; then how many other lines there are. `file` is its name,
/// without directories. The subject is called S, as in the file.
std::string brief_messages(std::string_view messages, std::string_view file,
                           scenario_subject subject);

}  // namespace stockcheck::harness
