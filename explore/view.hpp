// SPDX-License-Identifier: GPL-2.0-only
// A view: for each thread, how much of it comes before some point; a vector clock with half steps.
#pragma once

#include <cstddef>
#include <cstdint>

namespace stockcheck::explore {

/// Tasks of a program, and with them the thread that sets it up and settles it. That one is ordered
/// before and after all others and does not appear in views.
inline constexpr std::size_t max_tasks = 16;
inline constexpr std::size_t max_threads = max_tasks + 1;
/// No more events of a thread fit into a view, which has two half steps for each.
inline constexpr std::size_t max_thread_events = 16000;

/// An event: the `index`-th one of `thread`, in program order. Besides there is the write that
/// initialises a location, and none at all.
struct event_id {
  std::uint16_t thread = UINT16_MAX;
  std::uint16_t index = 1;

  [[nodiscard]] constexpr bool is_initial() const { return thread == UINT16_MAX && index == 0; }
  [[nodiscard]] constexpr bool is_none() const { return thread == UINT16_MAX && index == 1; }
  friend constexpr bool operator==(event_id, event_id) = default;
};
inline constexpr event_id initial_write{UINT16_MAX, 0};
inline constexpr event_id no_event{UINT16_MAX, 1};

/// A fully ordered event i is a barrier, an access, and a barrier. In half steps: 2i+1 stands for
/// everything up to the access, 2i+2 for the barrier behind it as well. Whoever reads the write of
/// such an event is ordered after its access and not after its second barrier. For all other events
/// there is only 2i+2. Threads are tasks here: see max_tasks.
class view {
 public:
  void join(const view& other) { seen_ = seen_ > other.seen_ ? seen_ : other.seen_; }
  [[nodiscard]] bool contains(event_id e) const { return seen_[e.thread] > 2 * e.index; }
  /// Including the barrier behind it.
  [[nodiscard]] bool contains_wholly(event_id e) const { return seen_[e.thread] > 2 * e.index + 1; }
  /// Number of events of a thread that it contains.
  [[nodiscard]] std::size_t prefix(std::size_t thread) const {
    return static_cast<std::size_t>(seen_[thread] + 1) / 2;
  }

  void include(event_id e) { seen_[e.thread] = static_cast<std::int16_t>(2 * e.index + 2); }
  void include_access(event_id e) { seen_[e.thread] = static_cast<std::int16_t>(2 * e.index + 1); }
  void exclude(event_id e) { seen_[e.thread] = static_cast<std::int16_t>(2 * e.index); }

 private:
  /// Vector registers: joining views is what the engine does most.
  using register_type [[gnu::vector_size(max_tasks * sizeof(std::int16_t))]] = std::int16_t;
  register_type seen_{};
};

}  // namespace stockcheck::explore
