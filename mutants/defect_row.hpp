// SPDX-License-Identifier: GPL-2.0-only
// The row of a defect in docs/defects.md, whose tables are Markdown: one of the defects of our
// model, and one of those of kernels.
#pragma once

#include "mutants/mutant_header.hpp"
#include "report/result.hpp"

#include <span>
#include <string>
#include <string_view>

namespace stockcheck::mutants {

/// The cells that the patch alone determines, up to where those of the results begin. `name` is
/// that of the patch.
[[nodiscard]] std::string defect_row_head(std::string_view name, const mutant_header& header);

/// What came of a defect.
struct defect_results {
  /// One for each checker that looked for it, in the order of the columns. The length of the
  /// counterexample is that of the first.
  std::span<const report::result> checkers;
  /// What explore found in the same scenario with the patch's oracle switched off.
  const report::result& without_the_oracle;
};

/// The whole row, without a newline. Throws std::runtime_error if a checker itself failed.
[[nodiscard]] std::string defect_row(std::string_view name, const mutant_header& header,
                                     const defect_results& results);

/// The cells of a mutant of a kernel that its header alone determines.
[[nodiscard]] std::string kernel_row_head(std::string_view name, const mutant_header& header);

/// The whole row of a mutant of a kernel: what explore found with it, without the time.
[[nodiscard]] std::string kernel_row(std::string_view name, const mutant_header& header,
                                     const report::result& after);

}  // namespace stockcheck::mutants
