#include "checkers/defect_checkers.hpp"
#include "checkers/explore_checker.hpp"

namespace stockcheck::checkers {

std::vector<defect_checker> defect_checkers() {
  std::vector<defect_checker> made;
  made.push_back({.by = std::make_unique<explore_checker>()});
  return made;
}

}  // namespace stockcheck::checkers
