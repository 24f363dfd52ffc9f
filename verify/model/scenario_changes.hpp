// SPDX-License-Identifier: GPL-2.0-only
// Whether the scenarios of a patched model are still those of this program.
#pragma once

#include "harness/objects/scenario_reader.hpp"

#include <string>

namespace stockcheck::verify {

/// What a scenario does before a patch and after it can be compared if it says the same about
/// itself. Says in one line of which that is not true; empty if there is none.
std::string scenario_change(const harness::read_scenarios& patched);

}  // namespace stockcheck::verify
