// SPDX-License-Identifier: GPL-2.0-only
#include "harness/programs.hpp"

#include <stdexcept>
#include <string>

namespace stockcheck::harness {

const checks::program_entry& find_program(std::span<const checks::program_entry> programs,
                                          std::string_view name) {
  for (const checks::program_entry& entry : programs)
    if (entry.info->name == name) return entry;
  throw std::out_of_range("no scenario is named " + std::string(name));
}

}  // namespace stockcheck::harness
