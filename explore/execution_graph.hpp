// SPDX-License-Identifier: GPL-2.0-only
// An execution graph: the events of each thread, where every read reads from, and for each location
// the order of its writes.
#pragma once

#include "explore/event.hpp"

#include <array>
#include <span>
#include <vector>

namespace stockcheck::explore {

/// A block of memory that a thread allocated, numbered for each thread.
using block_id = std::uint32_t;
inline constexpr block_id no_block = UINT32_MAX;

/// An origin is what a location is before its first write.
struct origin {
  std::uint64_t value = 0;
  bool initialised = true;
  block_id block = no_block;  ///< the block that it lies in
};

/// Invariants: every thread's events are a prefix of what it does; program order and reads-from are
/// acyclic; an update stands in the coherence order right behind the write it reads. Storage is
/// kept when a graph is emptied or assigned, so that a graph in use allocates nothing.
class execution_graph {
 public:
  struct accesses {
    std::vector<event_id> coherence;  ///< writes, oldest first; the initial write is not in it
    std::vector<event_id> all;        ///< reads and writes, in the order of their stamps
    origin begin;
    unsigned nr_plain = 0;  ///< accesses of order `plain`
  };
  using prefixes = std::array<std::size_t, max_threads>;

  explicit execution_graph(std::size_t nr_threads) : nr_threads_(nr_threads) {}

  /// The tasks, and behind them the thread that runs alone.
  [[nodiscard]] std::size_t nr_threads() const { return nr_threads_; }
  [[nodiscard]] std::size_t nr_tasks() const { return nr_threads_ - 1; }
  [[nodiscard]] std::size_t size(std::size_t thread) const { return threads_[thread].size(); }
  [[nodiscard]] const event& operator[](event_id id) const { return threads_[id.thread][id.index]; }
  [[nodiscard]] event& operator[](event_id id) { return threads_[id.thread][id.index]; }
  [[nodiscard]] std::span<const event> thread(std::size_t t) const { return threads_[t]; }
  /// All events by stamp.
  [[nodiscard]] std::span<const event_id> order() const { return order_; }
  /// The event before it in program order, or nullptr.
  [[nodiscard]] const event* predecessor(event_id id) const {
    return id.index == 0 ? nullptr : &threads_[id.thread][id.index - 1U];
  }

  [[nodiscard]] const accesses& at(location_id location) const { return locations_[location]; }
  [[nodiscard]] bool knows(location_id location) const {
    return location < locations_.size() && !locations_[location].all.empty();
  }
  /// Locations that were accessed, each once.
  [[nodiscard]] std::span<const location_id> used_locations() const { return used_; }
  /// The events of kind `lifetime` that end one.
  [[nodiscard]] std::span<const event_id> releases() const { return releases_; }
  /// Whether an event may be seq_cst or fully ordered.
  [[nodiscard]] bool has_sequential_consistency() const { return nr_sc_ > 0; }

  /// Place of a write in its coherence order; -1 for the initial write.
  [[nodiscard]] int co_index(event_id write) const {
    return write.is_initial() ? -1 : static_cast<int>((*this)[write].co_index);
  }
  /// The place of a write that comes right behind this one.
  [[nodiscard]] std::size_t place_behind(event_id write) const {
    return write.is_initial() ? 0 : std::size_t{(*this)[write].co_index} + 1;
  }
  [[nodiscard]] event_id latest_write(location_id location) const;
  [[nodiscard]] std::uint64_t value_of(event_id write, location_id location) const {
    return write.is_initial() ? locations_[location].begin.value : (*this)[write].written_value;
  }
  /// Another update than `except` that reads `write`; no_event if none.
  [[nodiscard]] event_id update_of(event_id write, location_id location, event_id except) const;

  /// Says what a location is; counts for its first access in the graph.
  void use(location_id location, const origin& begin);
  /// Appends an event of this operation to its thread, with its id and stamp and nothing else.
  event& append(std::size_t thread, const request& what);
  void place(event_id write, std::size_t co_index);
  /// Takes a write out of its coherence order, if it is there.
  void unplace(event_id write);
  /// Forgets the events with a stamp of `stamp` and above.
  void cut(std::size_t stamp);
  void clear();
  /// Becomes the part of `from` with these lengths of its threads, stamped anew in the same order.
  /// `from` may be this graph.
  void assign_prefixes(const execution_graph& from, const prefixes& keep);

 private:
  void count(const event& e, int by);
  bool assign_location(const accesses& from, location_id location, const prefixes& keep);

  std::size_t nr_threads_;
  std::array<std::vector<event>, max_threads> threads_;
  std::vector<event_id> order_;
  std::vector<accesses> locations_;
  std::vector<location_id> used_;
  std::vector<event_id> releases_;
  int nr_sc_ = 0;
};

}  // namespace stockcheck::explore
