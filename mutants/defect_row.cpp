// SPDX-License-Identifier: GPL-2.0-only
#include "mutants/defect_row.hpp"

#include "harness/no_end.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <stdexcept>

namespace stockcheck::mutants {

namespace {

/// What happens to be measured differs from run to run: more digits would be noise.
double one_digit(double value) {
  if (value <= 0) return 0;
  const double unit = std::pow(10, std::floor(std::log10(value)));
  return std::round(value / unit) * unit;
}

std::string time_text(double seconds) {
  const double rounded = one_digit(seconds);
  return rounded < 1 ? fmt::format("{:.6g} ms", rounded * 1000) : fmt::format("{:.0f} s", rounded);
}

/// Executions and time until the defect was found, and the oracle if it is not the patch's.
std::string cell(const report::result& result, const mutant_header& header) {
  if (result.guarantee.starts_with("the checker failed"))
    throw std::runtime_error(fmt::format("{}: {}", result.checker, result.guarantee));
  if (!result.finding) {
    // A checker that looked in vain has executed something.
    if (result.executions > 0) return "-";
    return result.guarantee.starts_with("killed") ? "hangs" : "n/a";
  }
  if (result.finding->signature == harness::no_end_signature) return "hangs";
  const std::string other = result.finding->kind == header.caught_by
                                ? ""
                                : fmt::format(" ({})", name_of(result.finding->kind));
  if (result.executions == 0) return "crashes" + other;
  if (result.checker == "threads")
    return fmt::format("~{:.0f}, {}{}", one_digit(static_cast<double>(result.executions)),
                       time_text(result.seconds), other);
  return fmt::format("{}, {}{}", result.executions, time_text(result.seconds), other);
}

/// The oracle that sees it as well. A crash is what the one that was switched off would have said.
std::string other_oracle(const report::result& without, const mutant_header& header) {
  if (!without.finding || without.finding->kind == header.caught_by) return "-";
  return std::string{name_of(without.finding->kind)};
}

std::string steps_cell(const report::result& result) {
  return result.finding ? fmt::format(" {} |", result.finding->steps.size()) : " - |";
}

/// A bar would end the cell.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '|') result += '\\';
    result += c;
  }
  return result;
}

}  // namespace

std::string defect_row_head(std::string_view name, const mutant_header& header) {
  return fmt::format("| `{}` | {} | {} | `{}` | {} |", name, escaped(header.what),
                     header.recreates.empty() ? "-" : escaped(header.recreates),
                     fmt::join(header.scenarios, " "), name_of(header.caught_by));
}

std::string defect_row(std::string_view name, const mutant_header& header,
                       const defect_results& results) {
  std::string row = defect_row_head(name, header);
  row += fmt::format(" {} |", other_oracle(results.without_the_oracle, header));
  row += steps_cell(results.checkers.front());
  for (const report::result& result : results.checkers)
    row += fmt::format(" {} |", cell(result, header));
  return row;
}

std::string kernel_row_head(std::string_view name, const mutant_header& header) {
  return fmt::format("| `{}` | {} | {} | `{}` | {} |", name, escaped(header.what),
                     fmt::join(header.kernels, ", "), fmt::join(header.scenarios, " "),
                     name_of(header.caught_by));
}

std::string kernel_row(std::string_view name, const mutant_header& header,
                       const report::result& after) {
  return fmt::format("{}{} {} |", kernel_row_head(name, header), steps_cell(after),
                     after.finding ? std::to_string(after.executions) : "-");
}

}  // namespace stockcheck::mutants
