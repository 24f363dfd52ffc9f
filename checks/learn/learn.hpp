// SPDX-License-Identifier: GPL-2.0-only
// The scenarios of the course in docs/learn, in its order.
#pragma once

#include "checks/learn/check_then_act.hpp"
#include "checks/learn/consume_by_cmpxchg.hpp"
#include "checks/learn/fully_ordered.hpp"
#include "checks/learn/interrupt_in_the_middle.hpp"
#include "checks/learn/lost_update.hpp"
#include "checks/learn/publication.hpp"
#include "checks/learn/reference_dies_too_early.hpp"
#include "checks/learn/stale_limit.hpp"
#include "checks/learn/trylock.hpp"
#include "checks/learn/wrong_cpu.hpp"
#include "checks/learn/xchg_drain.hpp"

#include <array>

namespace stockcheck::checks {

template <class S>
inline constexpr std::array learn{
    entry_for<lessons::lost_update, S>(),
    entry_for<lessons::atomic_add, S>(),
    entry_for<lessons::check_then_act, S>(),
    entry_for<lessons::act_then_check, S>(),
    entry_for<lessons::drain_by_two_steps, S>(),
    entry_for<lessons::drain_by_xchg, S>(),
    entry_for<lessons::consume_by_sub, S>(),
    entry_for<lessons::consume_by_cmpxchg, S>(),
    entry_for<lessons::relaxed_operations, S>(),
    entry_for<lessons::fully_ordered_operations, S>(),
    entry_for<lessons::stale_limit, S>(),
    entry_for<lessons::second_look, S>(),
    entry_for<lessons::published_too_early, S>(),
    entry_for<lessons::published_by_release, S>(),
    entry_for<lessons::interrupt_in_the_middle, S>(),
    entry_for<lessons::interrupts_off, S>(),
    entry_for<lessons::trylock_ignored, S>(),
    entry_for<lessons::trylock_respected, S>(),
    entry_for<lessons::reference_dies_too_early, S>(),
    entry_for<lessons::reference_goes_last, S>(),
    entry_for<lessons::wrong_cpu, S>(),
    entry_for<lessons::preemption_off, S>(),
};

}  // namespace stockcheck::checks
