// SPDX-License-Identifier: GPL-2.0-only
// From a flavour and a seed to a program.
#include "tests/explore/reference/generator.hpp"

#include "tests/explore/reference/flavours.hpp"

namespace stockcheck::explore::reference {

std::string_view name(flavour kind) {
  switch (kind) {
    case flavour::mixed: return "mixed";
    case flavour::full_barriers: return "full_barriers";
    case flavour::relaxed_and_fences: return "relaxed_and_fences";
    case flavour::compare_exchange: return "compare_exchange";
    case flavour::store_buffering: return "store_buffering";
    case flavour::store_buffering_weak: return "store_buffering_weak";
    case flavour::full_with_failing_cas: return "full_with_failing_cas";
    case flavour::release_sequence: return "release_sequence";
    case flavour::locks: return "locks";
    case flavour::awaits: return "awaits";
    case flavour::locks_and_awaits: return "locks_and_awaits";
    case flavour::plain: return "plain";
    case flavour::choices: return "choices";
  }
  return "?";
}

litmus_program generate(flavour kind, std::uint64_t seed) {
  dice random{seed};
  switch (kind) {
    case flavour::mixed: return mixed_program(random);
    case flavour::full_barriers: return full_barrier_program(random);
    case flavour::relaxed_and_fences: return fence_program(random);
    case flavour::compare_exchange: return compare_exchange_program(random);
    case flavour::store_buffering: return store_buffering_program(random, true);
    case flavour::store_buffering_weak: return store_buffering_program(random, false);
    case flavour::full_with_failing_cas: return failing_full_cas_program(random);
    case flavour::release_sequence: return release_sequence_program(random);
    case flavour::locks: return blocking_program(random, true, false);
    case flavour::awaits: return blocking_program(random, false, true);
    case flavour::locks_and_awaits: return blocking_program(random, true, true);
    case flavour::plain: return plain_program(random);
    case flavour::choices: return choice_program(random);
  }
  return {};
}

}  // namespace stockcheck::explore::reference
