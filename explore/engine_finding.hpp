// SPDX-License-Identifier: GPL-2.0-only
// What an exploration found wrong with the code under test.
#pragma once

#include "explore/event.hpp"
#include "explore/site.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stockcheck::explore {

enum class finding_kind : std::uint8_t {
  assertion,       ///< the code under test called fail()
  exception,       ///< an exception left a task
  data_race,       ///< two unordered accesses, one of them plain
  use_after_free,  ///< an access that is not ordered before the end of its memory
  unpublished,     ///< an access that is not ordered after the allocation of its memory
  double_free,
  leak,
  uninitialised_read,
  deadlock,      ///< every task that is left waits for a mutex
  no_progress,   ///< ... or awaits something that no task will do
  mixed_widths,  ///< accesses of different widths, or overlapping, to one address
  stack_overflow,
  crash,             ///< an access of an address where there is no memory
  misuse,            ///< an operation that may not be used there
  nondeterministic,  ///< the code under test did something else when it was run again
  absent,            ///< the program asked for what the code under test does not have
  unsupported,       ///< the code under test asked for what it cannot be given
};

inline constexpr std::array finding_kind_names{
    std::string_view{"assertion"},
    std::string_view{"exception"},
    std::string_view{"data race"},
    std::string_view{"use after free"},
    std::string_view{"unpublished memory"},
    std::string_view{"double free"},
    std::string_view{"leak"},
    std::string_view{"uninitialised read"},
    std::string_view{"deadlock"},
    std::string_view{"no progress"},
    std::string_view{"mixed widths"},
    std::string_view{"stack overflow"},
    std::string_view{"crash"},
    std::string_view{"misuse"},
    std::string_view{"nondeterministic"},
    std::string_view{"absent"},
    std::string_view{"unsupported"},
};

[[nodiscard]] constexpr std::string_view name_of(finding_kind kind) {
  return finding_kind_names.at(static_cast<std::size_t>(kind));
}

/// Memory that is accessed as one.
struct piece {
  std::uintptr_t begin = 0;
  std::size_t size = 0;  ///< bytes
};

/// The events are those of the graph at the time: the accesses that race, or the last one of each
/// task that is stuck; none if the finding is about all that happened.
struct engine_finding {
  finding_kind kind = finding_kind::assertion;
  std::string what;
  site at;
  std::vector<event_id> events;
  std::vector<piece> pieces{};  ///< for mixed widths: the access, and what it overlaps with
};

}  // namespace stockcheck::explore
