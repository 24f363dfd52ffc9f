// SPDX-License-Identifier: GPL-2.0-only
// Which locations are accessed from more than one context: by several tasks, or by a task and by
// what is nested on it.
#pragma once

#include "explore/event.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace stockcheck::explore {

/// What nests on a task, such as an interrupt handler, need not be tried before an access that
/// concerns nobody else: before or behind it is the same. Which accesses these are is only known
/// when all executions were seen. So an exploration begins with what earlier ones showed, and is
/// made again when it showed more; within one the answers do not change.
class contention {
 public:
  static constexpr unsigned max_nested = 3;  ///< contexts of a task

  void record(location_id location, std::size_t thread, unsigned nested) {
    if (location >= seen_.size()) seen_.resize(location + 1);
    seen_[location] |= std::uint64_t{1} << (thread * max_nested + nested);
  }
  /// Says whether several contexts access it, as far as was known when the exploration began.
  [[nodiscard]] bool has(location_id location) {
    asked_ = true;
    return all_ || (location < known_.size() && is_several(known_[location]));
  }
  /// Answers like has(), for a context that leaves the location alone if nobody else is concerned.
  /// If that turns out to be wrong, so is what came of it: see is_wrong().
  [[nodiscard]] bool concerns_others(location_id location, std::size_t thread, unsigned nested) {
    record(location, thread, nested);
    if (has(location)) return true;
    if (std::ranges::find(left_alone_, location) == left_alone_.end())
      left_alone_.push_back(location);
    return false;
  }
  /// A location was left alone that others access as well: what was explored so far is void.
  [[nodiscard]] bool is_wrong() const {
    return std::ranges::any_of(left_alone_, [this](location_id l) { return is_several(seen_[l]); });
  }
  /// From now on every location counts as contended: no exploration needs to be made again.
  void assume_all() { all_ = true; }
  /// Takes over what was seen. False if no answer that was asked for changes by it.
  bool learn() {
    const bool changes = asked_ && !all_ && has_news();
    known_ = seen_;
    left_alone_.clear();
    return changes;
  }

 private:
  static bool is_several(std::uint64_t contexts) { return (contexts & (contexts - 1)) != 0; }
  [[nodiscard]] bool has_news() const {
    for (std::size_t i = 0; i < seen_.size(); ++i)
      if (is_several(seen_[i]) && (i >= known_.size() || !is_several(known_[i]))) return true;
    return false;
  }

  std::vector<std::uint64_t> seen_;   ///< for each location, a bit for each context
  std::vector<std::uint64_t> known_;  ///< what was seen before the exploration began
  std::vector<location_id> left_alone_;
  bool asked_ = false;
  bool all_ = false;
};

}  // namespace stockcheck::explore
