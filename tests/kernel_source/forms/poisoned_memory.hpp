// SPDX-License-Identifier: GPL-2.0-only
// Memory that holds its values only between the announcement of an access and the next one.
#pragma once

#include "kernel_source/hooks.h"

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace stockcheck::kernel_source {

/// What code that is compiled for exploration announces, and what becomes of memory if that is all
/// that is seen. Everywhere and always memory is poisoned, but for what was announced last: who
/// reads something else gets poison, and what is written elsewhere, or at another time, is lost.
struct seen_accesses {
  struct access {
    char kind;
    std::size_t offset;
    std::size_t size;
    bool operator==(const access&) const = default;
  };
  std::vector<access> accesses;
  std::set<std::string> lines_of;  ///< the functions that the announcements were made from
};

/// The hooks that see them. One memory is watched at a time.
const sc_hook_table& poisoning_hooks();
/// Memory gets poison, instead of the values that it has.
void begin_poison(std::span<char> memory);
/// It gets its values again: those from before, and what was written since.
seen_accesses end_poison();

}  // namespace stockcheck::kernel_source
