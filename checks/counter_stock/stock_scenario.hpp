// The base of the scenarios over page_counter_stock: one group with a stock.
#pragma once

#include "checks/base/memcg_scenario.hpp"
#include "checks/base/program.hpp"

namespace stockcheck::checks {

/// The group has a peak in its past. Batches are small: two or four pages behave as 64 do.
template <class S>
struct stock_scenario : memcg_scenario<S> {
  group<S> root{*this, "root"};

  explicit stock_scenario(unsigned batch) {
    this->peak_in_the_past(root);
    root.alloc_stock(batch);
  }
};

}  // namespace stockcheck::checks
