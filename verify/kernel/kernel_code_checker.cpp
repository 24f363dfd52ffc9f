// SPDX-License-Identifier: GPL-2.0-only
#include "verify/kernel/kernel_code_checker.hpp"

#include "known/known_catalogue.hpp"
#include "verify/kernel/kernel_finding.hpp"

#include <string_view>

namespace stockcheck::verify {

bool kernel_code_checker::can_check(const checks::scenario_info& scenario) const {
  return programs_.has(scenario.name);
}

harness::explore_checker kernel_code_checker::explorer(race_collector& races) const {
  return harness::explore_checker(
      programs_, command_,
      [&races](const harness::explore_report& report) { return races.add(report); }, known());
}

harness::known_of_code kernel_code_checker::known() const {
  return {.name = [](report::finding& found) { name_by_cause(found); },
          .find =
              [this](std::string_view scenario, const report::finding& what) {
                return known::shipped_catalogue().finding(scenario, what.signature, release_);
              }};
}

}  // namespace stockcheck::verify
