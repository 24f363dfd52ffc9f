// SPDX-License-Identifier: GPL-2.0-only
// A thread of a stress run that lowers and raises limits.
#pragma once

#include "stress/crew.hpp"
#include "stress/hierarchy.hpp"
#include "stress/random.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <thread>

namespace stockcheck::stress {

/// Callers must serialise set_max() of one counter. So each limit changer has counters of its own:
/// of n changers the i-th has counter i, i + n and so on; without any it does nothing.
template <class Subject>
class alignas(64) limit_changer final : public crew_member {
 public:
  /// `i` counts the limit changers; `number` decides the limits.
  limit_changer(hierarchy<Subject>& tree, const run_options& how, unsigned i, unsigned number)
      : tree_(tree),
        first_(i),
        stride_(how.limit_changers),
        highest_(how.highest_limit()),
        pause_(how.pause),
        random_(how.seed, number) {}

  /// Sets one limit to something between half the highest and the highest.
  std::uint64_t work() override {
    const std::size_t mine = first_ < tree_.size() ? (tree_.size() - 1 - first_) / stride_ + 1 : 0;
    if (mine != 0) {
      const std::size_t counter = first_ + random_.below(mine) * stride_;
      const std::uint64_t limit = highest_ - random_.below(highest_ / 2 + 1);
      ++(tree_[counter].counter.set_max(limit) == 0 ? changes_ : refused_);
    }
    std::this_thread::sleep_for(pause_);
    return 0;
  }

  [[nodiscard]] std::uint64_t changes() const { return changes_; }
  /// Changes refused with -EBUSY: the usage was above the new limit.
  [[nodiscard]] std::uint64_t refused() const { return refused_; }

 private:
  hierarchy<Subject>& tree_;
  std::size_t first_;
  std::size_t stride_;
  std::uint64_t highest_;
  std::chrono::microseconds pause_;
  random_numbers random_;
  std::uint64_t changes_ = 0;
  std::uint64_t refused_ = 0;
};

}  // namespace stockcheck::stress
