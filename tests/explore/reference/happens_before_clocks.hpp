// SPDX-License-Identifier: GPL-2.0-only
// Happens-before by vector clocks along an interleaving: a second opinion on data races.
#pragma once

#include "tests/explore/reference/canonical.hpp"

#include <map>

namespace stockcheck::explore::reference {

/// Follows the events of one interleaving, in its order, and notices data races: an access that is
/// not ordered after an earlier one it conflicts with, one of them plain, neither racy.
class happens_before_clocks {
 public:
  explicit happens_before_clocks(std::size_t threads)
      : threads_(threads, thread_clocks{clock(threads), clock(threads), clock(threads)}) {}

  /// `event` is the next of its thread, at `place`, and was executed with `order`.
  void follow(event_reference place, const graph_event& event, memory_order order);

  bool race_seen() const { return race_seen_; }

 private:
  /// How many events of each thread are included.
  using clock = std::vector<std::uint32_t>;

  struct thread_clocks {
    clock before;    ///< Happens before the thread's next event.
    clock read;      ///< Would, if an acquire fence came.
    clock released;  ///< Happened before the last release fence.
  };

  struct access {
    event_reference place;
    memory_order order;
    bool writes;
  };

  static void join(clock& into, const clock& other);
  void follow_fence(thread_clocks& thread, memory_order order);
  void check_races(event_reference place, const graph_event& event, memory_order order);

  std::vector<thread_clocks> threads_;
  std::map<event_reference, clock> messages_;
  std::map<std::uint32_t, std::vector<access>> accesses_;
  bool race_seen_ = false;
};

}  // namespace stockcheck::explore::reference
