// SPDX-License-Identifier: GPL-2.0-only
// The executions of a litmus program as the engine explores them, in the reference's terms.
#pragma once

#include "explore/exploration.hpp"
#include "tests/explore/reference/enumerator.hpp"

#include <cstddef>

namespace stockcheck::explore::differential {

struct engine_enumeration {
  reference::graph_set complete;
  reference::graph_set deadlocked;
  bool racy = false;
  std::size_t duplicates = 0;  ///< executions that were explored before
  exploration result;          ///< of the last search
};

/// Explores a program with these settings. Goes on after a race or a deadlock, as the reference
/// does; any other finding is thrown as std::runtime_error.
engine_enumeration explore_litmus(const reference::litmus_program& program, const settings& how);

memory_model engine_model(reference::memory_model model);

}  // namespace stockcheck::explore::differential
