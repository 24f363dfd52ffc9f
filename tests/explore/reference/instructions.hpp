// SPDX-License-Identifier: GPL-2.0-only
// Short names for instructions, to write a program as one writes it on paper.
#pragma once

#include "tests/explore/reference/litmus_program.hpp"

namespace stockcheck::explore::reference {

inline instruction load(std::uint32_t location, memory_order order) {
  return {.code = opcode::load, .location = location, .order = order};
}

inline instruction store(std::uint32_t location, value_type value, memory_order order) {
  return {.code = opcode::store, .location = location, .value = value, .order = order};
}

inline instruction exchange(std::uint32_t location, value_type value, memory_order order) {
  return {.code = opcode::exchange, .location = location, .value = value, .order = order};
}

inline instruction fetch_add(std::uint32_t location, value_type value, memory_order order) {
  return {.code = opcode::fetch_add, .location = location, .value = value, .order = order};
}

inline instruction compare_exchange(std::uint32_t location, value_type expected, value_type desired,
                                    memory_order order, memory_order failure_order) {
  return {.code = opcode::compare_exchange,
          .location = location,
          .value = desired,
          .expected = expected,
          .order = order,
          .failure_order = failure_order};
}

inline instruction fence(memory_order order) { return {.code = opcode::fence, .order = order}; }

inline instruction lock(std::uint32_t mutex) { return {.code = opcode::lock, .location = mutex}; }

inline instruction unlock(std::uint32_t mutex) {
  return {.code = opcode::unlock, .location = mutex};
}

inline instruction try_lock(std::uint32_t mutex) {
  return {.code = opcode::try_lock, .location = mutex};
}

inline instruction await_equal(std::uint32_t location, value_type value,
                               memory_order order = memory_order::acquire) {
  return {.code = opcode::await_equal, .location = location, .value = value, .order = order};
}

inline instruction await_not_equal(std::uint32_t location, value_type value,
                                   memory_order order = memory_order::acquire) {
  return {.code = opcode::await_not_equal, .location = location, .value = value, .order = order};
}

inline instruction choose(value_type choices) { return {.code = opcode::choose, .value = choices}; }

/// Makes the instruction be skipped unless the value its thread read last is `value`.
inline instruction only_if(value_type value, instruction conditional) {
  conditional.only_if = value;
  return conditional;
}

/// Makes the instruction's operand grow by the value its thread read last.
inline instruction plus_last_read(instruction dependent) {
  dependent.plus_last_read = true;
  return dependent;
}

}  // namespace stockcheck::explore::reference
