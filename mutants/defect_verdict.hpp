// SPDX-License-Identifier: GPL-2.0-only
// Whether a defect was caught as its patch says.
#pragma once

#include "mutants/mutant_header.hpp"
#include "report/result.hpp"

#include <string>
#include <string_view>

namespace stockcheck::mutants {

/// What is wrong with what a checker found of the defect; empty if it caught it as it should.
[[nodiscard]] std::string complaint(const mutant_header& header, const report::result& result);

/// One line that says what became of the defect `name`, without a newline.
[[nodiscard]] std::string defect_line(std::string_view name, const mutant_header& header,
                                      const report::result& result);

}  // namespace stockcheck::mutants
