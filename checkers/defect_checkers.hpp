// The checkers that look for a seeded defect: explore in the tests, and Relacy as well at night.
#pragma once

#include "checkers/checker.hpp"

#include <memory>
#include <vector>

namespace stockcheck::checkers {

struct defect_checker {
  std::unique_ptr<checker> by;
  options how{};
};

/// Defined twice: a program is linked with the one whose scenarios were compiled for it. Relacy has
/// a minute, explore the time of the quick profile.
std::vector<defect_checker> defect_checkers();

}  // namespace stockcheck::checkers
