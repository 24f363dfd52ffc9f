// The memory models of the exploration engine by the names that users give them.
#pragma once

#include "checkers/checker.hpp"

#include <map>
#include <string>

namespace stockcheck::cli {

inline const std::map<std::string, checkers::model>& memory_models() {
  static const std::map<std::string, checkers::model> names{
      {"sc", checkers::model::sc},
      {"tso", checkers::model::tso},
      {"rc11", checkers::model::rc11},
      {"all", checkers::model::all},
  };
  return names;
}

}  // namespace stockcheck::cli
