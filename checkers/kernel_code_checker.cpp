#include "checkers/kernel_code_checker.hpp"

#include "checkers/programs.hpp"

#include <algorithm>

namespace stockcheck::checkers {

bool kernel_code_checker::can_check(const checks::scenario_info& scenario) const {
  return std::ranges::any_of(kernel_programs(),
                             [&](const auto& entry) { return entry.info->name == scenario.name; });
}

explore_checker kernel_code_checker::explorer(race_collector& races) const {
  return explore_checker(kernel_programs(), command_,
                         [&races](const explore_report& report) { return races.add(report); });
}

}  // namespace stockcheck::checkers
