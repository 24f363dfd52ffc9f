// SPDX-License-Identifier: GPL-2.0-only
// The form in which executions are compared: who reads from whom, in which order writes happened.
#pragma once

#include "tests/explore/reference/litmus_program.hpp"

#include <compare>
#include <cstddef>
#include <limits>
#include <set>
#include <string>
#include <vector>

namespace stockcheck::explore::reference {

/// The kinds of events. A read-modify-write is one event, `update`, where it writes, else a `read`.
enum class event_kind : std::uint8_t { read, write, update, fence, choice };

/// An event's place: the thread, and the number of events of that thread before it.
struct event_reference {
  std::uint32_t thread = 0;
  std::uint32_t index = 0;

  friend auto operator<=>(const event_reference&, const event_reference&) = default;
};

/// The write that gave each location its first value, 0. Not an event of a thread, and not in the
/// modification order.
inline constexpr event_reference initial_write{std::numeric_limits<std::uint32_t>::max(), 0};

/// One event. Fields that mean nothing for its kind are 0, and `from` is then initial_write: fences
/// and choices have no location, writes no `from` and no `read`, reads no `written`. A choice has
/// its number in `read`.
struct graph_event {
  event_kind kind = event_kind::fence;
  std::uint32_t location = 0;
  event_reference from = initial_write;
  value_type read = 0;
  value_type written = 0;

  friend auto operator<=>(const graph_event&, const graph_event&) = default;
};

/// An execution: the events of every thread, and for every location its writes and updates in
/// modification order. Equal executions compare equal, in whatever order they were built.
struct canonical_graph {
  std::vector<std::vector<graph_event>> threads;
  std::vector<std::vector<event_reference>> modification_order;

  friend auto operator<=>(const canonical_graph&, const canonical_graph&) = default;
};

using graph_set = std::set<canonical_graph>;

/// A hash of `graph`; equal graphs have equal ones.
std::size_t hash_of(const canonical_graph& graph);

/// `graph` for people to read: a line for each thread, then one for each location.
std::string to_string(const canonical_graph& graph);

}  // namespace stockcheck::explore::reference
