// SPDX-License-Identifier: GPL-2.0-only
// How an execution goes on where the code under test leaves it open: which thread is next, what a
// read reads, where a write goes.
#pragma once

#include "explore/execution_graph.hpp"

#include <span>

namespace stockcheck::explore {

class strategy {
 public:
  strategy() = default;
  strategy(const strategy&) = delete;
  strategy& operator=(const strategy&) = delete;
  virtual ~strategy() = default;

  /// The graph of the current execution. What is in it already is replayed.
  virtual execution_graph& graph() = 0;
  /// Adds the next event of a thread to the graph; the location has been made known to it. If it is
  /// `awaited`, the latest write satisfies the thread.
  virtual event_id add(const request& what, std::size_t thread, bool awaited) = 0;
  /// Whether pick() is asked before every fresh event; otherwise a thread runs until it waits.
  [[nodiscard]] virtual bool interleaves() const { return false; }
  /// The next thread, out of those that can go on; `last` is the one that ran until now, which may
  /// be among them.
  virtual std::size_t pick(std::span<const std::size_t> runnable, std::size_t /*last*/) {
    return runnable.front();
  }
};

}  // namespace stockcheck::explore
