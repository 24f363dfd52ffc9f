#include "checkers/known_of_kernel.hpp"

#include "source/subject/known_findings.hpp"

#include <fmt/format.h>

#include <string>

namespace stockcheck::checkers {

std::optional<report::known_reference> known_of_kernel(const report::result& result,
                                                       const source::kernel_release& in) {
  if (result.verdict != report::verdict::fail || !result.finding) return std::nullopt;
  const auto known = source::find_known_finding(result.scenario, result.finding->signature, in);
  if (!known) return std::nullopt;
  return report::known_reference{std::string(known->reference),
                                 fmt::format("{}: {}", known->releases.text(), known->because)};
}

}  // namespace stockcheck::checkers
