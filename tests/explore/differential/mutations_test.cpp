// SPDX-License-Identifier: GPL-2.0-only
// Every rule of the engine matters: without it, the comparison with the reference fails.
#include "explore/rule.hpp"
#include "tests/explore/differential/difference.hpp"

#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <string_view>
#include <utility>

using namespace stockcheck::explore;

namespace {

constexpr std::array rules{
    std::pair{rule::revisited_read_is_maximal, "revisited_read_is_maximal"},
    std::pair{rule::maximal_read, "maximal_read"},
    std::pair{rule::maximal_write, "maximal_write"},
    std::pair{rule::maximality_sees_prefix, "maximality_sees_prefix"},
    std::pair{rule::revisit_by_stores, "revisit_by_stores"},
    std::pair{rule::revisit_by_updates, "revisit_by_updates"},
    std::pair{rule::revisit_by_revisited_updates, "revisit_by_revisited_updates"},
    std::pair{rule::all_placements, "all_placements"},
    std::pair{rule::revisiting_placements, "revisiting_placements"},
    std::pair{rule::updates_are_adjacent, "updates_are_adjacent"},
    std::pair{rule::conflicting_update_revisits, "conflicting_update_revisits"},
    std::pair{rule::conflict_limits_revisits, "conflict_limits_revisits"},
    std::pair{rule::revisited_read_is_consistent, "revisited_read_is_consistent"},
    std::pair{rule::views_of_revisited_read, "views_of_revisited_read"},
    std::pair{rule::failed_update_has_failure_order, "failed_update_has_failure_order"},
    std::pair{rule::weaker_order_for_candidates, "weaker_order_for_candidates"},
    std::pair{rule::release_sequence, "release_sequence"},
    std::pair{rule::coherence, "coherence"},
    std::pair{rule::sc_cycles, "sc_cycles"},
    std::pair{rule::tso_cycles, "tso_cycles"},
    std::pair{rule::tso_fences, "tso_fences"},
    std::pair{rule::psc_base, "psc_base"},
    std::pair{rule::psc_fences, "psc_fences"},
    std::pair{rule::second_barrier_is_behind, "second_barrier_is_behind"},
    std::pair{rule::revisiting_lock_is_not_maximal, "revisiting_lock_is_not_maximal"},
};

/// Whether random programs show that a rule is dropped. In a process of its own: an engine without
/// its rules may crash, which is noticed as well.
bool is_noticed(rule dropped) {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    dropped_rule = dropped;
    constexpr std::uint64_t programs = 30'000;
    ::_exit(differential::first_difference(1, programs) ? EXIT_FAILURE : EXIT_SUCCESS);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return !WIFEXITED(status) || WEXITSTATUS(status) != EXIT_SUCCESS;
}

}  // namespace

TEST_CASE("every rule of the engine that is dropped is noticed") {
  for (const auto& [dropped, name] : rules) CHECK_MESSAGE(is_noticed(dropped), name);
}

TEST_CASE("with all of its rules the engine agrees with the reference") {
  constexpr std::uint64_t programs = 1'000;
  CHECK(!differential::first_difference(1, programs));
}
