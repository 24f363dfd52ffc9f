// SPDX-License-Identifier: GPL-2.0-only
#include "explore/decisions.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <stdexcept>
#include <vector>

namespace stockcheck::explore {

namespace {

/// A number below n that is the same with every standard library.
std::size_t draw(std::mt19937_64& random, std::size_t n) { return n < 2 ? 0 : random() % n; }

/// Every execution is drawn with the seed and its number alone, so that it can be found again.
class random_decisions : public decisions {
 public:
  explicit random_decisions(std::uint64_t seed) : seed_(seed) {}

  bool begin() override {
    std::seed_seq words{static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32U),
                        static_cast<std::uint32_t>(number_),
                        static_cast<std::uint32_t>(number_ >> 32U)};
    random_.seed(words);
    ++number_;
    return true;
  }
  std::size_t pick_value(std::size_t n) override { return draw(random_, n); }

 protected:
  std::mt19937_64& random() { return random_; }

 private:
  std::uint64_t seed_;
  std::uint64_t number_ = 0;
  std::mt19937_64 random_;
};

class uniform_decisions final : public random_decisions {
 public:
  using random_decisions::random_decisions;
  std::size_t pick_task(std::span<const std::size_t> runnable, std::size_t) override {
    return runnable[draw(random(), runnable.size())];
  }
};

/// Probabilistic concurrency testing: Burckhardt, Kothari, Musuvathi, Nagarakatte, "A Randomized
/// Scheduler with Probabilistic Guarantees of Finding Bugs", ASPLOS 2010. A bug of depth d is found
/// with a probability of at least 1/(n k^(d-1)), for n tasks and k events; k is taken from the
/// longest execution so far.
class pct_decisions final : public random_decisions {
 public:
  pct_decisions(std::uint64_t seed, unsigned depth)
      : random_decisions(seed), changes_(depth == 0 ? 0 : depth - 1) {}

  bool begin() override {
    random_decisions::begin();
    longest_ = std::max(longest_, event_);
    event_ = 0;
    for (std::size_t t = 0; t < max_threads; ++t) priorities_[t] = changes_.size() + t;
    std::shuffle(priorities_.begin(), priorities_.end(), random());
    for (std::size_t& change : changes_) change = draw(random(), longest_ + 1);
    return true;
  }
  std::size_t pick_task(std::span<const std::size_t> runnable, std::size_t last) override {
    for (std::size_t i = 0; i < changes_.size(); ++i)
      if (changes_[i] == event_) priorities_[last] = i;
    ++event_;
    return *std::ranges::max_element(runnable, {},
                                     [this](std::size_t t) { return priorities_[t]; });
  }

 private:
  std::vector<std::size_t> changes_;  ///< numbers of the events at which a priority drops
  std::array<std::size_t, max_threads> priorities_{};
  std::size_t event_ = 0;
  std::size_t longest_ = 1;
};

/// Partial order sampling: Yuan, Yang, Gu, "Partial Order Aware Concurrency Sampling", CAV 2018, in
/// its basic form: every event has a random priority of its own.
class pos_decisions final : public random_decisions {
 public:
  using random_decisions::random_decisions;
  bool begin() override {
    random_decisions::begin();
    for (std::uint64_t& priority : priorities_) priority = random()();
    return true;
  }
  std::size_t pick_task(std::span<const std::size_t> runnable, std::size_t) override {
    const std::size_t next =
        *std::ranges::max_element(runnable, {}, [this](std::size_t t) { return priorities_[t]; });
    priorities_[next] = random()();
    return next;
  }

 private:
  std::array<std::uint64_t, max_threads> priorities_{};
};

/// Every sequence of decisions within a bound of preemptions or switches, depth first.
class bounded_decisions final : public decisions {
 public:
  bounded_decisions(unsigned bound, bool preemptions_only)
      : bound_(bound), preemptions_only_(preemptions_only) {}

  bool begin() override {
    position_ = 0;
    used_ = 0;
    current_ = max_threads;
    if (!started_) return started_ = true;
    while (!taken_.empty() && taken_.back().number + 1 == taken_.back().of) taken_.pop_back();
    if (taken_.empty()) return false;
    ++taken_.back().number;
    return true;
  }

  std::size_t pick_task(std::span<const std::size_t> runnable, std::size_t last) override {
    const bool begins = current_ == max_threads;
    const bool can_stay = !begins && std::ranges::find(runnable, last) != runnable.end();
    // The task that ran until now comes first, so that the first execution has no preemption.
    std::array<std::size_t, max_threads> order{};
    std::size_t count = 0;
    if (can_stay) order[count++] = last;
    const bool switching_costs = !begins && (can_stay || !preemptions_only_);
    if (!switching_costs || used_ < bound_ || count == 0)
      for (const std::size_t t : runnable)
        if (!can_stay || t != last) order[count++] = t;
    // A switch that must be made and may not be: only the first task, not all of them.
    if (!can_stay && switching_costs && used_ >= bound_) count = 1;
    const std::size_t next = order[pick_value(count)];
    if (switching_costs && next != last) ++used_;
    current_ = next;
    return next;
  }

  std::size_t pick_value(std::size_t n) override {
    if (n < 2) return 0;
    if (position_ == taken_.size()) taken_.push_back({0, n});
    const decision& now = taken_[position_++];
    if (now.of != n) throw std::logic_error("engine bug: a decision has other choices than before");
    return now.number;
  }

 private:
  struct decision {
    std::size_t number = 0;
    std::size_t of = 1;
  };

  unsigned bound_;
  bool preemptions_only_;
  bool started_ = false;
  std::vector<decision> taken_;
  std::size_t position_ = 0;
  unsigned used_ = 0;
  std::size_t current_ = max_threads;
};

}  // namespace

std::unique_ptr<decisions> make_decisions(const settings& how) {
  switch (how.search) {
    case search::preemptions: return std::make_unique<bounded_decisions>(how.bound, true);
    case search::switches: return std::make_unique<bounded_decisions>(how.bound, false);
    case search::pct: return std::make_unique<pct_decisions>(how.seed, how.bound);
    case search::pos: return std::make_unique<pos_decisions>(how.seed);
    case search::uniform: return std::make_unique<uniform_decisions>(how.seed);
    case search::exhaustive: break;
  }
  throw std::logic_error("engine bug: an exhaustive search decides nothing");
}

}  // namespace stockcheck::explore
