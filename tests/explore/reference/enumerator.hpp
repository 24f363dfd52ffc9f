// SPDX-License-Identifier: GPL-2.0-only
// All executions of a program under a memory model, by brute force.
#pragma once

#include "tests/explore/reference/canonical.hpp"

namespace stockcheck::explore::reference {

/// In which order executions are built; both find the same ones.
enum class construction : std::uint8_t {
  /// Whichever thread comes next: every prefix of every execution is built.
  any_thread,
  /// A thread whose next event reads nothing goes first, for it can never be ruled out or changed
  /// by what others do. Far fewer prefixes.
  writers_first
};

/// What a program can do.
struct enumeration {
  /// In these executions every thread came to its end.
  graph_set complete;
  /// In these executions some thread waits for ever: its await read the last write of all, which
  /// does not satisfy it, or the mutex that it wants stays held (such a lock is no event).
  graph_set deadlocked;
  /// Whether any execution has a data race.
  bool racy = false;
  /// Prefixes built, the work done.
  std::size_t prefixes = 0;
};

/// Builds every execution of `program` that `model` allows, breadth first: any reads-from among the
/// writes that are there, any place in modification order, keeping what the axioms allow. Throws
/// std::length_error where the program is larger than partial_graph and relation can hold.
enumeration enumerate(const litmus_program& program, memory_model model,
                      construction order = construction::writers_first);

}  // namespace stockcheck::explore::reference
