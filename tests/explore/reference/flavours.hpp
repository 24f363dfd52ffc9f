// SPDX-License-Identifier: GPL-2.0-only
// The writers of random programs, one for each family of flavours.
#pragma once

#include "tests/explore/reference/dice.hpp"

namespace stockcheck::explore::reference {

/// @name Accesses and fences of the orders that a flavour is about
litmus_program mixed_program(dice& random);
litmus_program full_barrier_program(dice& random);
litmus_program fence_program(dice& random);
litmus_program compare_exchange_program(dice& random);
litmus_program store_buffering_program(dice& random, bool seq_cst);
litmus_program failing_full_cas_program(dice& random);

/// @name Hand-overs
litmus_program release_sequence_program(dice& random);
litmus_program plain_program(dice& random);
litmus_program choice_program(dice& random);

/// @name Waiting; locations from 0, mutexes after them
litmus_program blocking_program(dice& random, bool locks, bool awaits);

}  // namespace stockcheck::explore::reference
