// Result records as JSON: for machines, and between the processes of a run.
#pragma once

#include "report/result.hpp"

#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

namespace stockcheck::report {

/// One record on one line.
std::string to_json_text(const result& record);
/// Throws std::runtime_error that says what is wrong with the text.
result result_from_json_text(std::string_view text);

/// A whole run: {"stockcheck": VERSION, "schema": 1, "exit_code": N, "results": [...]}.
/// docs/json.md describes the fields. Throws std::runtime_error if the stream fails.
void write_json(std::ostream& to, std::span<const result> results);

}  // namespace stockcheck::report
