// SPDX-License-Identifier: GPL-2.0-only
// The base of the scenarios over page_counter_stock: one group with a stock.
#pragma once

#include "checks/base/counter_scenario.hpp"

namespace stockcheck::checks {

/// The group has a peak in its past. Batches are small: two or four pages behave as 64 do.
template <class S>
struct counter_stock_scenario : counter_scenario<S> {
  counter_group<S> root{*this, "root"};

  explicit counter_stock_scenario(unsigned batch) {
    this->peak_in_the_past(root);
    root.alloc_stock(batch);
  }
};

}  // namespace stockcheck::checks
