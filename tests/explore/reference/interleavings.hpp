// SPDX-License-Identifier: GPL-2.0-only
// All executions of a program by running it on a simple machine, one interleaving after the other.
#pragma once

#include "tests/explore/reference/canonical.hpp"

namespace stockcheck::explore::reference {

/// What an instruction does to memory.
enum class machine : std::uint8_t {
  /// Every access takes effect at once: sequential consistency.
  memory,
  /// Stores wait in a first-in-first-out buffer of their thread, which its loads look at first, and
  /// locked instructions wait for it to empty: x86-TSO.
  store_buffers
};

/// What the machine can do, in the terms of `enumeration`.
struct interleaving_result {
  graph_set complete;
  graph_set deadlocked;
  bool racy = false;
};

/// Searches all interleavings of `program`, those that come to the same execution so far once.
/// Shares with the enumerator the meaning of an instruction, and nothing about memory.
interleaving_result interleavings(const litmus_program& program, machine kind);

}  // namespace stockcheck::explore::reference
