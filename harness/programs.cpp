// SPDX-License-Identifier: GPL-2.0-only
#include "harness/programs.hpp"

#include "harness/objects/scenario_object.hpp"

#include <algorithm>
#include <stdexcept>

namespace stockcheck::harness {

const checks::program_entry& find_program(std::span<const checks::program_entry> programs,
                                          std::string_view name) {
  for (const checks::program_entry& entry : programs)
    if (entry.info->name == name) return entry;
  throw std::out_of_range("no scenario is named " + std::string(name));
}

bool programs::has(std::string_view scenario) const {
  return objects_.contains(scenario) ||
         std::ranges::any_of(listed_, [&](const checks::program_entry& entry) {
           return entry.info->name == scenario;
         });
}

const checks::program_entry& programs::find(std::string_view scenario) const {
  const auto object = objects_.find(scenario);
  if (object == objects_.end()) return find_program(listed_, scenario);
  return find_program(load_programs(object->second.path, object->second.header), scenario);
}

}  // namespace stockcheck::harness
