#include "checkers/defect_checkers.hpp"
#include "checkers/explore_checker.hpp"
#include "checkers/relacy_checker.hpp"

namespace stockcheck::checkers {

std::vector<defect_checker> defect_checkers() {
  std::vector<defect_checker> made;
  made.push_back({.by = std::make_unique<explore_checker>()});
  made.push_back(
      {.by = std::make_unique<relacy_checker>(), .how = {.time = std::chrono::minutes(1)}});
  return made;
}

}  // namespace stockcheck::checkers
