// SPDX-License-Identifier: GPL-2.0-only
#include "verify/kernel/kernel_finding.hpp"

#include "kernel_source/run/warnings.hpp"

#include <fmt/format.h>

namespace stockcheck::verify {

void name_by_cause(report::finding& found) {
  const std::string condition = kernel_source::condition_of_warning(found.what);
  if (condition.empty()) return;
  found.functions = {found.at.function};
  found.signature = fmt::format("{}: {}: {}", name_of(found.kind), found.at.function, condition);
}

void name_by_cause(report::result& result) {
  if (result.finding) name_by_cause(*result.finding);
  if (result.passed_over) name_by_cause(*result.passed_over);
  for (report::known_finding& known : result.known_findings) name_by_cause(known.finding);
}

}  // namespace stockcheck::verify
