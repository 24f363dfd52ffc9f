// SPDX-License-Identifier: GPL-2.0-only
#include "harness/scenario_pattern.hpp"

#include <fnmatch.h>

namespace stockcheck::harness {

bool matches(const std::string& pattern, std::string_view name) {
  return name.substr(0, name.find('/')) == pattern ||
         ::fnmatch(pattern.c_str(), std::string(name).c_str(), 0) == 0;
}

}  // namespace stockcheck::harness
