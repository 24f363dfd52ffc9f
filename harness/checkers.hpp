// SPDX-License-Identifier: GPL-2.0-only
// The checkers of our model, as users name them.
#pragma once

#include "harness/checker.hpp"
#include "harness/objects/scenario_subject.hpp"
#include "harness/programs.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace stockcheck::harness {

struct checker_words {
  std::string_view option;  ///< its checker's name()
  std::string_view help;
  std::string (*work)(profile);  ///< on a scenario, for help; empty: as in the quick profile
  scenario_subject subject;      ///< that its programs are on
  std::unique_ptr<checker> (*make)(programs on);
};

/// In the order in which a scenario is given to them.
std::span<const checker_words> checkers();

}  // namespace stockcheck::harness
