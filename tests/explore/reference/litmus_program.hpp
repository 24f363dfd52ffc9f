// SPDX-License-Identifier: GPL-2.0-only
// Small concurrent programs as data: what the reference and the engine are both asked to explore.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace stockcheck::explore::reference {

/// The order of an access or fence. `plain` and `racy` order nothing: conflicts of a plain access
/// are data races, those of a racy one are not reported. `full` stands for a sequentially
/// consistent fence, the access as an acquire and a release, and such a fence again; as a fence it
/// is one.
enum class memory_order : std::uint8_t {
  plain,
  racy,
  relaxed,
  acquire,
  release,
  acq_rel,
  seq_cst,
  full
};

/// What an instruction does. `lock` is an acquire CAS from 0 to 1 that waits until it succeeds,
/// `unlock` a release store of 0, `try_lock` that CAS without waiting (relaxed where it fails).
/// An await reads until the value satisfies it, of which an execution shows the last read only.
/// `choose` takes any number in [0, value), which counts as the value last read.
enum class opcode : std::uint8_t {
  load,
  store,
  exchange,
  fetch_add,
  compare_exchange,
  fence,
  lock,
  unlock,
  try_lock,
  await_equal,
  await_not_equal,
  choose
};

/// The values of locations and of choices; arithmetic wraps.
using value_type = std::uint32_t;

/// One instruction. Which fields count depends on `code`; the rest keep their defaults.
struct instruction {
  opcode code = opcode::load;
  std::uint32_t location = 0;
  /// Stored, added, desired or awaited value; number of choices.
  value_type value = 0;
  /// The value a compare_exchange expects.
  value_type expected = 0;
  memory_order order = memory_order::relaxed;
  /// A compare_exchange that fails is a read of this order.
  memory_order failure_order = memory_order::relaxed;
  /// Skipped unless the value its thread read last (0 at first) is this one.
  std::optional<value_type> only_if = std::nullopt;
  /// What is stored, added or desired is `value` plus the value its thread read last.
  bool plus_last_read = false;

  friend bool operator==(const instruction&, const instruction&) = default;
};

/// A program: every location is 0 at first; the location of a mutex serves as nothing else.
struct litmus_program {
  std::vector<std::vector<instruction>> threads{};
  std::uint32_t locations = 0;

  friend bool operator==(const litmus_program&, const litmus_program&) = default;
};

/// The memory models that programs are explored under.
enum class memory_model : std::uint8_t { sc, tso, rc11 };

}  // namespace stockcheck::explore::reference
