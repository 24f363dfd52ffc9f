// SPDX-License-Identifier: GPL-2.0-only
#include "mutants/defect_verdict.hpp"

#include "report/counterexample.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stockcheck::mutants {

namespace {

bool shows_stale_read(const report::finding& finding, std::string_view object) {
  return std::ranges::any_of(finding.steps, [object](const report::step& step) {
    return step.stale && step.what.find(object) != std::string::npos;
  });
}

}  // namespace

std::string complaint(const mutant_header& header, const report::result& result) {
  if (!result.finding) return fmt::format("NOT CAUGHT by {}: {}", result.checker, result.guarantee);
  if (result.finding->kind != header.caught_by)
    return fmt::format("WRONG ORACLE with {}: {}, the patch says {}", result.checker,
                       name_of(result.finding->kind), name_of(header.caught_by));
  if (!header.stale.empty() && !shows_stale_read(*result.finding, header.stale))
    return fmt::format("NOT SHOWN by {}: no stale read of {}", result.checker, header.stale);
  return "";
}

std::string defect_line(std::string_view name, const mutant_header& header,
                        const report::result& result) {
  if (const std::string wrong = complaint(header, result); !wrong.empty())
    return fmt::format("{:<32} {}", name, wrong);
  return fmt::format("{:<32} caught by {:<12} in {:<48} after {} {:>4} executions: {}", name,
                     name_of(header.caught_by), result.scenario, result.checker, result.executions,
                     report::summary_of(*result.finding));
}

}  // namespace stockcheck::mutants
