// SPDX-License-Identifier: GPL-2.0-only
// An execution under construction, cheap to copy.
#pragma once

#include "tests/explore/reference/canonical.hpp"
#include "tests/explore/reference/cursor.hpp"

#include <array>
#include <cstdint>
#include <string>

namespace stockcheck::explore::reference {

/// Identifies an event of a partial graph by its thread and index.
using event_id = std::uint8_t;

inline constexpr std::size_t max_threads = 8;
inline constexpr std::size_t max_events = 8;  ///< One thread has at most so many.
inline constexpr std::size_t max_locations = 6;
inline constexpr std::size_t max_writes = 16;  ///< One location has at most so many.
inline constexpr event_id from_initial = 0xff;

/// An event with the order it was executed with.
struct partial_event {
  event_kind kind;
  std::uint8_t location;
  memory_order order;
  event_id from;
  value_type read;
  value_type written;
};

/// A prefix of an execution: events closed under program order and reads-from.
class partial_graph {
 public:
  /// The empty execution of `program`. Throws std::length_error if that is larger than the limits.
  explicit partial_graph(const litmus_program& program);

  static event_id id(std::size_t thread, std::size_t index) {
    return static_cast<event_id>(thread * max_events + index);
  }
  static std::size_t thread_of(event_id event) { return event / max_events; }
  static std::size_t index_of(event_id event) { return event % max_events; }

  std::size_t threads() const { return thread_count_; }
  std::size_t locations() const { return location_count_; }
  std::size_t length(std::size_t thread) const { return lengths_[thread]; }
  const partial_event& event(event_id which) const { return events_[which]; }
  std::size_t writes(std::size_t location) const { return write_counts_[location]; }
  event_id write(std::size_t location, std::size_t rank) const { return order_[location][rank]; }

  /// Where a thread stands after its events here.
  const cursor& at(std::size_t thread) const { return cursors_[thread]; }
  cursor& at(std::size_t thread) { return cursors_[thread]; }

  /// The value that a read of `location` from `source` finds.
  value_type value_of(event_id source) const {
    return source == from_initial ? 0 : events_[source].written;
  }

  /// The value of the write that is last in modification order.
  value_type last_value(std::size_t location) const { return value_of(last_write(location)); }
  event_id last_write(std::size_t location) const {
    return writes(location) == 0 ? from_initial : write(location, writes(location) - 1);
  }

  /// Adds an event at the end of `thread`. Throws std::length_error past the limits.
  void append(std::size_t thread, const partial_event& added);

  /// Puts `which` into its location's modification order, `rank` writes before it.
  void place(event_id which, std::size_t rank);

  /// Bytes that are equal for equal graphs of one program, and for no others.
  std::string key() const;

  /// The form that is compared with other explorations.
  canonical_graph canonical() const;

 private:
  std::array<partial_event, max_threads * max_events> events_;
  std::array<std::uint8_t, max_threads> lengths_{};
  std::array<cursor, max_threads> cursors_{};
  std::array<std::array<event_id, max_writes>, max_locations> order_;
  std::array<std::uint8_t, max_locations> write_counts_{};
  std::size_t thread_count_;
  std::size_t location_count_;
};

}  // namespace stockcheck::explore::reference
