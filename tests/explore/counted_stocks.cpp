// SPDX-License-Identifier: GPL-2.0-only
#include "tests/explore/counted_stocks.hpp"

#include "tests/explore/cells.hpp"

#include <array>

namespace stockcheck::explore::tests {

namespace {

using enum memory_order;

constexpr value batch = 2;
constexpr std::size_t max_owners = 3;

/// How the same algorithm is written down: its orders, and what it does besides.
struct variant {
  memory_order update;
  memory_order load;
  memory_order failure;
  /// An uncharge goes to the counter, and a batch above the limit fails. If not, it goes into the
  /// stock, and a single charge is tried instead of the batch.
  bool simple;
};
constexpr std::array stock_variants{
    variant{full, relaxed, relaxed, false},     // 0: the kernel's barriers
    variant{relaxed, relaxed, relaxed, false},  // 1
    variant{seq_cst, relaxed, relaxed, false},  // 2
    variant{seq_cst, relaxed, seq_cst, false},  // 3
    variant{seq_cst, seq_cst, seq_cst, true},   // 4
};

class stock_program final : public engine_program {
 public:
  explicit stock_program(const std::vector<std::size_t>& parameters)
      : how_(stock_variants.at(parameters.at(0))),
        owners_(parameters.at(1)),
        charges_(parameters.at(2)),
        uncharges_(parameters.at(3)),
        drains_(parameters.at(5)),
        limit_(parameters.at(6)) {}

  void task(std::size_t number) override {
    if (number >= owners_) {
      for (std::size_t times = 0; times < drains_; ++times)
        for (std::size_t s = 0; s < owners_; ++s) drain(s);
      return;
    }
    for (std::size_t i = 0; i < charges_; ++i)
      if (charge(number)) ++held_[number];
    for (std::size_t i = 0; i < uncharges_ && held_[number] > 0; ++i) {
      uncharge(number);
      --held_[number];
    }
  }
  void settle() override {
    value all = 0;
    for (std::size_t s = 0; s < owners_; ++s) all += held_[s] + stocks_[s].load(relaxed);
    if (usage_.load(relaxed) != all) fail("usage is not what is held and stocked", here::current());
  }

 private:
  bool consume(std::size_t s) {
    value old = stocks_[s].load(how_.load);
    while (old >= 1)
      if (stocks_[s].compare_exchange(old, old - 1, how_.update, how_.failure)) return true;
    return false;
  }
  void refill(std::size_t s, value what) {
    value old = stocks_[s].load(how_.load);
    while (!stocks_[s].compare_exchange(old, old + what, how_.update, how_.failure)) {
    }
  }
  bool charge_counter(value what) {
    if (usage_.fetch_add(what, how_.update) + what <= limit_) return true;
    usage_.fetch_sub(what, how_.update);
    return false;
  }
  bool charge(std::size_t s) {
    if (consume(s)) return true;
    if (!charge_counter(batch)) return !how_.simple && charge_counter(1);
    refill(s, batch - 1);
    return true;
  }
  void uncharge(std::size_t s) {
    if (how_.simple)
      usage_.fetch_sub(1, how_.update);
    else
      refill(s, 1);
  }
  void drain(std::size_t s) {
    const value drained = stocks_[s].exchange(0, how_.update);
    if (drained != 0) usage_.fetch_sub(drained, how_.update);
  }

  const variant& how_;
  std::size_t owners_;
  std::size_t charges_;
  std::size_t uncharges_;
  std::size_t drains_;
  value limit_;
  cell usage_;
  std::array<cell, max_owners> stocks_;
  std::array<value, max_owners> held_{};  ///< of each owner, and seen by nobody else
};

}  // namespace

code_under_test stocks(const std::vector<std::size_t>& parameters) {
  return {.nr_tasks = parameters.at(1) + parameters.at(4),
          .make = [parameters] { return std::make_unique<stock_program>(parameters); }};
}

}  // namespace stockcheck::explore::tests
