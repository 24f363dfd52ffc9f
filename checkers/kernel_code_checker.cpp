#include "checkers/kernel_code_checker.hpp"

#include "checkers/kernel_finding.hpp"
#include "checkers/known_catalogue.hpp"
#include "checkers/programs.hpp"

#include <algorithm>
#include <string_view>

namespace stockcheck::checkers {

bool kernel_code_checker::can_check(const checks::scenario_info& scenario) const {
  return std::ranges::any_of(kernel_programs(),
                             [&](const auto& entry) { return entry.info->name == scenario.name; });
}

explore_checker kernel_code_checker::explorer(race_collector& races) const {
  return explore_checker(
      kernel_programs(), command_,
      [&races](const explore_report& report) { return races.add(report); }, known());
}

known_of_code kernel_code_checker::known() const {
  return {.name = [](report::finding& found) { name_by_cause(found); },
          .find =
              [this](std::string_view scenario, const report::finding& what) {
                return shipped_catalogue().finding(scenario, what.signature, release_);
              }};
}

}  // namespace stockcheck::checkers
