// SPDX-License-Identifier: GPL-2.0-only
// Result records as JSON: for machines, and between the processes of a run.
#pragma once

#include "report/result.hpp"

#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

namespace stockcheck::report {

/// The record with all of its texts passed through the gate of foreign text.
result gated(const result& record);

/// One record on one line, gated.
std::string to_json_text(const result& record);
/// Reads such a line, gated again. Throws std::runtime_error that says what is wrong with the text.
result result_from_json_text(std::string_view text);

/// A whole run: {"stockcheck": VERSION, "schema": 1, "exit_code": N, "results": [...]}.
/// docs/json.md describes the fields. Throws std::runtime_error if the stream fails.
void write_json(std::ostream& to, std::span<const result> results);

}  // namespace stockcheck::report
