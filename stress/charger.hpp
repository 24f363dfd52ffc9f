// SPDX-License-Identifier: GPL-2.0-only
// A thread of a stress run that charges through the stock of its CPU and uncharges.
#pragma once

#include "stress/crew.hpp"
#include "stress/hierarchy.hpp"
#include "stress/random.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace stockcheck::stress {

/// Charges random sizes until it holds a random target or a limit refuses it, then uncharges random
/// sizes down to another target, and so on. The targets of all chargers together reach from nothing
/// to twice the highest limit, unless that is so high that they would never uncharge. Three of four
/// charges go to its group, the others to a random counter on the way from there to the root.
template <class Subject>
class alignas(64) charger final : public crew_member {
 public:
  /// Written by its thread alone; for others when the crew stands still.
  struct tally {
    std::uint64_t charges = 0;  ///< successful
    std::uint64_t hits = 0;     ///< charges that the stock served
    std::uint64_t refused = 0;  ///< by a limit
    std::uint64_t uncharges = 0;
  };

  /// `number` decides the group and the sizes.
  charger(hierarchy<Subject>& tree, const run_options& how, unsigned number)
      : tree_(tree),
        path_(tree.path_from_group(number)),
        accounts_(tree.size()),
        max_charge_(how.max_charge),
        top_target_(std::clamp<std::uint64_t>(2 * how.highest_limit() / how.threads, 1,
                                              most_charges_to_target * how.max_charge)),
        random_(how.seed, number) {
    fill();
  }

  std::uint64_t work() override {
    constexpr unsigned steps = 64;  // enough that looking for the next pause costs nothing
    const std::uint64_t before = operations();
    for (unsigned i = 0; i < steps; ++i) step();
    return operations() - before;
  }

  [[nodiscard]] const tally& numbers() const { return tally_; }
  /// Pages that it holds of a counter.
  [[nodiscard]] long held(std::size_t counter) const { return accounts_[counter].held; }
  /// Uncharges everything. For the thread that owns the crew, when the crew stands still.
  void release() {
    for (std::size_t c = 0; c < accounts_.size(); ++c) {
      const long pages = std::exchange(accounts_[c].held, 0);
      if (pages > 0) tree_[c].counter.uncharge(static_cast<unsigned long>(pages));
    }
  }

 private:
  /// On a cache line of its own, so that no other thread's data shares it.
  struct alignas(64) account {
    long held = 0;  ///< pages
  };
  static constexpr std::uint64_t most_charges_to_target = 4096;

  [[nodiscard]] std::uint64_t operations() const {
    return tally_.charges + tally_.refused + tally_.uncharges;
  }

  void step() {
    if (filling_) {
      if (!charge() || total_ >= target_) drop();
    } else {
      uncharge();
      if (total_ <= target_) fill();
    }
  }
  void fill() {
    filling_ = true;
    target_ = total_ + random_.below(top_target_) + 1;
  }
  void drop() {
    filling_ = false;
    target_ = random_.below(total_ + 1);
  }

  std::size_t pick_counter() {
    return random_.below(4) != 0 ? path_.front() : path_[random_.below(path_.size())];
  }

  bool charge() {
    const std::size_t to = pick_counter();
    const unsigned long nr_pages = random_.below(max_charge_) + 1;
    typename Subject::page_counter* fail = nullptr;
    unsigned long nr_charged = 0;
    if (!tree_[to].stock.try_charge(nr_pages, fail, nr_charged)) {
      ++tally_.refused;
      return false;
    }
    ++tally_.charges;
    if (nr_charged == 0) ++tally_.hits;
    accounts_[to].held += static_cast<long>(nr_pages);
    total_ += nr_pages;
    return true;
  }

  /// The chosen counter may have nothing to give; another step finds one that has.
  void uncharge() {
    const std::size_t from = pick_counter();
    const auto held = static_cast<unsigned long>(accounts_[from].held);
    const unsigned long nr_pages = std::min<unsigned long>(random_.below(max_charge_) + 1, held);
    if (nr_pages == 0) return;
    tree_[from].counter.uncharge(nr_pages);
    ++tally_.uncharges;
    accounts_[from].held -= static_cast<long>(nr_pages);
    total_ -= nr_pages;
  }

  hierarchy<Subject>& tree_;
  std::vector<std::size_t> path_;  ///< from its group to the root
  std::vector<account> accounts_;  ///< one for each counter
  std::uint64_t max_charge_;
  std::uint64_t top_target_;
  random_numbers random_;
  std::uint64_t target_ = 0;
  std::uint64_t total_ = 0;  ///< pages held, of all counters
  bool filling_ = true;
  tally tally_;
};

}  // namespace stockcheck::stress
