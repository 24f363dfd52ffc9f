// SPDX-License-Identifier: GPL-2.0-only
// Where a thread of a program stands, and what its next instruction means there.
#pragma once

#include "tests/explore/reference/litmus_program.hpp"

#include <cstddef>

namespace stockcheck::explore::reference {

/// The state of a thread: the instruction it is at, what it read last, and whether an await holds
/// it for ever. Program memory is not part of it.
struct cursor {
  std::uint32_t position = 0;
  value_type last_read = 0;
  bool blocked = false;
};

/// The next instruction of a thread at `at`, with those skipped whose condition does not hold;
/// nullptr at the end and where an await holds the thread. `at` is moved to that instruction.
inline const instruction* next_instruction(const std::vector<instruction>& code, cursor& at) {
  if (at.blocked) return nullptr;
  while (at.position < code.size()) {
    const instruction& candidate = code[at.position];
    if (!candidate.only_if || *candidate.only_if == at.last_read) return &candidate;
    ++at.position;
  }
  return nullptr;
}

/// The value that `step` stores, adds or wants to exchange in.
inline value_type operand(const instruction& step, const cursor& at) {
  return step.plus_last_read ? step.value + at.last_read : step.value;
}

/// Whether `step` writes where it finds `found`: any RMW, a compare_exchange and locks that
/// succeed.
inline bool updates(const instruction& step, value_type found) {
  switch (step.code) {
    case opcode::exchange:
    case opcode::fetch_add: return true;
    case opcode::compare_exchange: return found == step.expected;
    case opcode::lock:
    case opcode::try_lock: return found == 0;
    default: return false;
  }
}

/// What an update by `step` writes over `found`.
inline value_type updated(const instruction& step, const cursor& at, value_type found) {
  switch (step.code) {
    case opcode::fetch_add: return found + operand(step, at);
    case opcode::lock:
    case opcode::try_lock: return 1;
    default: return operand(step, at);
  }
}

/// Whether a thread that executes `step` and finds `found` waits for another value.
inline bool waits(const instruction& step, value_type found) {
  switch (step.code) {
    case opcode::lock: return found != 0;
    case opcode::await_equal: return found != step.value;
    case opcode::await_not_equal: return found == step.value;
    default: return false;
  }
}

/// The order of the access that `step` makes, given whether it updates its location.
inline memory_order order_of(const instruction& step, bool updating) {
  switch (step.code) {
    case opcode::lock: return memory_order::acquire;
    case opcode::unlock: return memory_order::release;
    case opcode::try_lock: return updating ? memory_order::acquire : memory_order::relaxed;
    case opcode::compare_exchange: return updating ? step.order : step.failure_order;
    default: return step.order;
  }
}

}  // namespace stockcheck::explore::reference
