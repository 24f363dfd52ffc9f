// SPDX-License-Identifier: GPL-2.0-only
#include "harness/expected_findings.hpp"

#include "report/identity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace stockcheck::harness {

expected_findings::expected_findings(const checks::scenario_info& scenario, known_of_code of_code,
                                     const known::known_catalogue& catalogue)
    : scenario_(scenario), of_code_(std::move(of_code)), catalogue_(catalogue) {}

std::optional<report::known_reference> expected_findings::find_kind(oracle kind) const {
  const auto& known = scenario_.known;
  if (!known || known->kind != kind) return std::nullopt;
  return catalogue_.property(known->id);
}

/// An end that follows from the property and breaks another promise has its oracle in front. Words
/// that differ from run to run, or are the code's own, stand for nothing: then the signature does.
bool expected_findings::is_declared(const report::finding& what) const {
  const std::vector<std::string> ends =
      catalogue_.ends(scenario_.known->id, std::string(scenario_.name));
  const bool is_its_oracle = scenario_.known->kind == what.kind;
  if (ends.empty()) return is_its_oracle;  // of an entry that a patch adds
  const std::string end = what.what + report::small_numbers_of(what);
  const std::string of_oracle = fmt::format("{}: {}", name_of(what.kind), end);
  return std::ranges::any_of(ends, [&](const std::string& one) {
    return (is_its_oracle && end == one) || of_oracle == one || what.signature == one;
  });
}

std::optional<report::known_reference> expected_findings::find(report::finding what) const {
  if (of_code_.name) of_code_.name(what);
  if (scenario_.known && is_declared(what)) return catalogue_.property(scenario_.known->id);
  return of_code_.find ? of_code_.find(scenario_.name, what) : std::nullopt;
}

bool expected_findings::have_misuse() const {
  return scenario_.known && scenario_.known->kind == oracle::memory;
}

}  // namespace stockcheck::harness
