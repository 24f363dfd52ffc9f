// SPDX-License-Identifier: GPL-2.0-only
// The memory models of the exploration engine by the names that users give them.
#pragma once

#include "harness/checker.hpp"

#include <map>
#include <string>

namespace stockcheck::cli {

inline const std::map<std::string, harness::model>& memory_models() {
  static const std::map<std::string, harness::model> names{
      {"sc", harness::model::sc},
      {"tso", harness::model::tso},
      {"rc11", harness::model::rc11},
      {"all", harness::model::all},
  };
  return names;
}

}  // namespace stockcheck::cli
