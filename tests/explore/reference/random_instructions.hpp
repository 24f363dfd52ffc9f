// SPDX-License-Identifier: GPL-2.0-only
// Random instructions, and the share of them that depends on what was read.
//
// Arguments are evaluated in any order: a call must not draw from the dice for two of them, or a
// seed would stand for another program with another compiler.
#pragma once

#include "tests/explore/reference/dice.hpp"
#include "tests/explore/reference/instructions.hpp"

namespace stockcheck::explore::reference {

inline memory_order load_order(dice& random) {
  return random.pick({memory_order::relaxed, memory_order::acquire, memory_order::seq_cst});
}

inline memory_order store_order(dice& random) {
  return random.pick({memory_order::relaxed, memory_order::release, memory_order::seq_cst});
}

inline memory_order update_order(dice& random) {
  return random.pick({memory_order::relaxed, memory_order::acquire, memory_order::release,
                      memory_order::acq_rel, memory_order::seq_cst, memory_order::full});
}

inline memory_order fence_order(dice& random) {
  return random.pick({memory_order::acquire, memory_order::release, memory_order::acq_rel,
                      memory_order::seq_cst, memory_order::seq_cst, memory_order::full});
}

/// A store to `location`.
inline instruction random_store(dice& random, std::uint32_t location, memory_order order) {
  return store(location, random.between(1, 2), order);
}

/// A CAS on `location`.
inline instruction random_cas(dice& random, std::uint32_t location, memory_order order,
                              memory_order failure_order) {
  const value_type expected = random.below(3);
  const value_type desired = random.between(1, 2);
  return compare_exchange(location, expected, desired, order, failure_order);
}

/// A CAS on `location` that fails with any order.
inline instruction random_cas(dice& random, std::uint32_t location, memory_order order) {
  const memory_order failure_order = load_order(random);
  return random_cas(random, location, order, failure_order);
}

/// An update of `location`, one in two a CAS.
inline instruction random_update(dice& random, std::uint32_t location, memory_order order,
                                 memory_order failure_order) {
  if (random.percent(50)) return random_cas(random, location, order, failure_order);
  return random.percent(50) ? exchange(location, random.between(1, 2), order)
                            : fetch_add(location, 1, order);
}

/// A load, store, update or fence of any order, loads and stores more often.
inline instruction random_instruction(dice& random, std::uint32_t locations) {
  const std::uint32_t location = random.below(locations);
  switch (random.below(10)) {
    case 0:
    case 1:
    case 2: return load(location, load_order(random));
    case 3:
    case 4:
    case 5: return random_store(random, location, store_order(random));
    case 6: return fence(fence_order(random));
    default: {
      const memory_order order = update_order(random);
      return random_update(random, location, order, load_order(random));
    }
  }
}

/// Makes `chance` percent of the instructions of `program` conditional or dependent on what their
/// thread read last.
inline void add_dependencies(dice& random, litmus_program& program, std::uint32_t chance) {
  for (auto& code : program.threads) {
    for (std::size_t position = 1; position < code.size(); ++position) {
      instruction& step = code[position];
      if (!random.percent(chance)) continue;
      if (random.percent(50)) {
        step.only_if = random.below(3);
      } else {
        step.plus_last_read = step.code == opcode::store || step.code == opcode::exchange ||
                              step.code == opcode::fetch_add ||
                              step.code == opcode::compare_exchange;
      }
    }
  }
}

}  // namespace stockcheck::explore::reference
