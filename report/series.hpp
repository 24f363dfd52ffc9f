// SPDX-License-Identifier: GPL-2.0-only
// The verdicts on the patches of a series, each on top of those before it.
#pragma once

#include "report/verification.hpp"

#include <iosfwd>
#include <span>
#include <string>

namespace stockcheck::report {

/// 1 if a patch breaks something, else 2 if one does not compile, 3 if something of one stayed
/// unknown or was not checked, else 0.
[[nodiscard]] exit_code exit_code_of(std::span<const verification> series);

/// A line for each patch, and what verification_text() says of each.
[[nodiscard]] std::string series_text(std::span<const verification> series, const style& with);

/// Returns for a mailing list a line for each patch, and what reply_text() says of each.
[[nodiscard]] std::string series_reply(std::span<const verification> series);

/// {"stockcheck", "schema", "exit_code", "each": [...]}. Throws std::runtime_error if writing
/// fails.
void write_json(std::ostream& to, std::span<const verification> series);

}  // namespace stockcheck::report
