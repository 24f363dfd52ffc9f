// SPDX-License-Identifier: GPL-2.0-only
// The workload that exploration engines are compared on: owners of stocks and drainers of them.
//
// All accesses are seq_cst, so that every tool means the same. A consume is a load and a
// compare-exchange loop, a drain an exchange; the limit is so low that charges can fail.
#pragma once

#include "model/atomics/atomics.hpp"

#include <array>
#include <cstddef>

namespace stockcheck::bench {

struct stock_shape {
  const char* name = "";
  const char* what = "";
  std::size_t owners = 1;
  std::size_t drainers = 1;
  std::size_t charges = 1;  ///< of each owner; then it uncharges up to `uncharges` pages
  std::size_t uncharges = 1;
  std::size_t drains = 1;  ///< of each drainer, of all stocks

  [[nodiscard]] constexpr std::size_t tasks() const { return owners + drainers; }
};

inline constexpr std::array stock_shapes{
    stock_shape{"a", "one owner, one drainer", 1, 1, 2, 1, 1},
    stock_shape{"b", "one owner, two drainers", 1, 2, 2, 1, 1},
    stock_shape{"c", "two owners, one drainer of both", 2, 1, 1, 1, 1},
    stock_shape{"d", "two owners of two pages, drained twice", 2, 1, 2, 2, 2},
};

/// One execution of a shape; all amounts are pages.
template <atomics_policy A>
class stock_workload {
 public:
  explicit stock_workload(const stock_shape& shape) : shape_(shape) {}

  void task(std::size_t number) {
    if (number < shape_.owners) {
      for (std::size_t i = 0; i < shape_.charges; ++i) charge(number);
      for (std::size_t i = 0; i < shape_.uncharges && held_[number] > 0; ++i) uncharge(number);
    } else {
      for (std::size_t i = 0; i < shape_.drains; ++i)
        for (std::size_t s = 0; s < shape_.owners; ++s) drain(s);
    }
  }
  /// usage = what the owners hold + what the stocks keep.
  void settle() {
    long sum = 0;
    for (const long pages : held_) sum += pages;
    for (const auto& stock : stocks_) sum += stock.load(order::relaxed);
    const long usage = usage_.load(order::relaxed);
    A::expect(usage == sum, oracle::conservation, "usage is not what is held and stocked",
              {{"usage", usage}, {"held and stocked", sum}});
  }

 private:
  static constexpr int batch = 2;
  static constexpr long max = 4;
  static constexpr order o = order::seq_cst;

  bool consume(std::size_t s, int nr_pages) {
    int old = stocks_[s].load(o);
    while (old >= nr_pages)
      if (stocks_[s].compare_exchange_strong(old, old - nr_pages, o, o)) return true;
    return false;
  }
  void refill(std::size_t s, int nr_pages) {
    int old = stocks_[s].load(o);
    while (!stocks_[s].compare_exchange_strong(old, old + nr_pages, o, o)) continue;
  }
  void charge(std::size_t owner) {
    if (!consume(owner, 1)) {
      if (usage_.fetch_add(batch, o) + batch > max) {
        usage_.fetch_sub(batch, o);
        return;
      }
      refill(owner, batch - 1);
    }
    ++held_[owner];
  }
  void uncharge(std::size_t owner) {
    usage_.fetch_sub(1, o);
    --held_[owner];
  }
  void drain(std::size_t s) {
    const int nr_pages = stocks_[s].exchange(0, o);
    if (nr_pages != 0) usage_.fetch_sub(nr_pages, o);
  }

  const stock_shape& shape_;
  typename A::template atomic<long> usage_{0};
  std::array<typename A::template atomic<int>, 2> stocks_;
  std::array<long, 2> held_{};
};

}  // namespace stockcheck::bench
