// SPDX-License-Identifier: GPL-2.0-only
// The rules of the engine by name, so that the tests can drop one and see that it is missed.
#pragma once

#include <cstdint>

namespace stockcheck::explore {

enum class rule : std::uint8_t {
  none,
  revisited_read_is_maximal,     ///< TruSt 3.3: what a revisit deletes was added maximally ...
  maximal_read,                  ///< ... a read from the latest write that stays,
  maximal_write,                 ///< ... a write that is the latest of those that stay
  maximality_sees_prefix,        ///< what stays includes the prefix of the revisiting write
  revisit_by_stores,             ///< a store revisits earlier reads
  revisit_by_updates,            ///< so does the write of an update
  revisit_by_revisited_updates,  ///< so does a read that a revisit turned into an update
  all_placements,                ///< a store may come before unordered stores
  revisiting_placements,         ///< so may one that revisits
  updates_are_adjacent,          ///< no store comes between a write and the update that reads it
  conflicting_update_revisits,   ///< atomicity: an update whose source is taken may revisit its
                                 ///< rival
  conflict_limits_revisits,      ///< ... and nothing that came after its rival
  revisited_read_is_consistent,  ///< a read is checked again when it was revisited
  views_of_revisited_read,       ///< and its views follow its new source
  failed_update_has_failure_order,
  weaker_order_for_candidates,  ///< a compare-exchange may fail with less order than it succeeds
  release_sequence,             ///< an update continues the release sequence it reads from
  coherence,
  sc_cycles,
  tso_cycles,
  tso_fences,
  psc_base,                  ///< RC11: psc by seq_cst accesses
  psc_fences,                ///< RC11: psc by fences
  second_barrier_is_behind,  ///< a reader is not ordered after the writer's second barrier
  revisiting_lock_is_not_maximal,
};

#ifdef STOCKCHECK_EXPLORE_MUTABLE
inline rule dropped_rule = rule::none;
[[nodiscard]] inline bool holds(rule r) { return r != dropped_rule; }
#else
[[nodiscard]] constexpr bool holds(rule) { return true; }
#endif

}  // namespace stockcheck::explore
