// SPDX-License-Identifier: GPL-2.0-only
// A thread of a stress run that drains the stocks of all CPUs, as drain_all_stock() does.
#pragma once

#include "stress/crew.hpp"
#include "stress/hierarchy.hpp"
#include "stress/random.hpp"

#include <chrono>
#include <cstdint>
#include <thread>

namespace stockcheck::stress {

template <class Subject>
class alignas(64) drainer final : public crew_member {
 public:
  /// `number` decides the order of the counters.
  drainer(hierarchy<Subject>& tree, const run_options& how, unsigned number)
      : tree_(tree), pause_(how.pause), random_(how.seed, number) {}

  /// Drains one counter. That is not an operation of the run: it may find nothing.
  std::uint64_t work() override {
    tree_[random_.below(tree_.size())].stock.drain_all();
    ++drains_;
    std::this_thread::sleep_for(pause_);
    return 0;
  }

  /// Drains of all CPUs of one counter.
  [[nodiscard]] std::uint64_t drains() const { return drains_; }

 private:
  hierarchy<Subject>& tree_;
  std::chrono::microseconds pause_;
  random_numbers random_;
  std::uint64_t drains_ = 0;
};

}  // namespace stockcheck::stress
