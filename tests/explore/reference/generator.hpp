// SPDX-License-Identifier: GPL-2.0-only
// Random programs, of the kinds that have each shown a mistake that others had missed.
#pragma once

#include "tests/explore/reference/litmus_program.hpp"

#include <array>
#include <string_view>

namespace stockcheck::explore::reference {

/// What a random program is made of. Programs of everything are hardly ever weak, so most flavours
/// are biased.
enum class flavour : std::uint8_t {
  mixed,                  ///< Accesses and fences of every order.
  full_barriers,          ///< Relaxed accesses, full updates and fences.
  relaxed_and_fences,     ///< Relaxed loads and stores around fences.
  compare_exchange,       ///< Mostly CAS, succeeding and failing.
  store_buffering,        ///< Stores and loads in turn, some seq_cst.
  store_buffering_weak,   ///< This is store_buffering with nothing seq_cst.
  full_with_failing_cas,  ///< Full updates and CAS that fail weaker, acquire and release.
  release_sequence,       ///< A message passed through updates and failing CAS of others.
  locks,                  ///< Up to two mutexes, unlocks missing, try_lock.
  awaits,                 ///< Awaits among accesses.
  locks_and_awaits,       ///< Both together.
  plain,                  ///< Plain and racy accesses, handed over rightly and wrongly.
  choices                 ///< Free choices that decide what follows.
};

inline constexpr std::array all_flavours{flavour::mixed,
                                         flavour::full_barriers,
                                         flavour::relaxed_and_fences,
                                         flavour::compare_exchange,
                                         flavour::store_buffering,
                                         flavour::store_buffering_weak,
                                         flavour::full_with_failing_cas,
                                         flavour::release_sequence,
                                         flavour::locks,
                                         flavour::awaits,
                                         flavour::locks_and_awaits,
                                         flavour::plain,
                                         flavour::choices};

/// The flavour's name as it stands above.
std::string_view name(flavour kind);

/// The program that `seed` stands for: the same on every machine. It has 2 to 4 threads, up to
/// 5 accesses in each and 3 locations beside mutexes, and few enough of them all to enumerate.
/// No awaited location is accessed plainly.
litmus_program generate(flavour kind, std::uint64_t seed);

}  // namespace stockcheck::explore::reference
