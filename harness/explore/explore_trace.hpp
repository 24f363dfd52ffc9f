// SPDX-License-Identifier: GPL-2.0-only
// The events of a failing execution in words.
#pragma once

#include "explore/exploration.hpp"
#include "report/result.hpp"

#include <string>
#include <vector>

namespace stockcheck::harness {

/// "root.usage", or "location 12" for what has no name.
std::string name_of_location(const explore::counterexample& shown, explore::location_id location);

/// "root.usage += 1: 2 -> 3 (fully ordered)". Values are shown as signed: the engine keeps bits.
std::string describe(const explore::counterexample& shown, const explore::event& e);

/// The block that an allocate or release is about.
explore::block_id block_of(const explore::event& e);
/// "the memory of root.stock", by a location that was used in the block: blocks have no names.
std::string block_text(const explore::counterexample& shown, explore::block_id block);

report::source_line line_of(const explore::site& at);

/// All events in the order in which they are shown. A read is stale if the order has a later write
/// before it than the one that it read.
std::vector<report::step> steps_of(const explore::counterexample& shown);

}  // namespace stockcheck::harness
