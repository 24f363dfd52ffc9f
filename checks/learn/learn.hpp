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

namespace stockcheck::checks {

using learn_scenarios = scenario_list<
    lessons::lost_update, lessons::atomic_add, lessons::check_then_act, lessons::act_then_check,
    lessons::drain_by_two_steps, lessons::drain_by_xchg, lessons::consume_by_sub,
    lessons::consume_by_cmpxchg, lessons::relaxed_operations, lessons::fully_ordered_operations,
    lessons::stale_limit, lessons::second_look, lessons::published_too_early,
    lessons::published_by_release, lessons::interrupt_in_the_middle, lessons::interrupts_off,
    lessons::trylock_ignored, lessons::trylock_respected, lessons::reference_dies_too_early,
    lessons::reference_goes_last, lessons::wrong_cpu, lessons::preemption_off>;

}  // namespace stockcheck::checks
