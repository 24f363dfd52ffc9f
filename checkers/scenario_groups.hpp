// Which header of checks/ a scenario is in.
#pragma once

#include "checks/program.hpp"

#include <span>
#include <string_view>

namespace stockcheck::checkers {

struct scenario_group {
  std::string_view name;                            ///< of the header, without its extension
  std::span<const checks::program_entry> programs;  ///< on the exploration engine
};

/// In the order in which their scenarios are listed.
std::span<const scenario_group> scenario_groups();

/// Throws std::out_of_range if there is no such scenario.
const scenario_group& group_of(std::string_view scenario);

}  // namespace stockcheck::checkers
