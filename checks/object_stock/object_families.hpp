// SPDX-License-Identifier: GPL-2.0-only
// The groups of the scenarios over the byte stocks of kernel objects.
#pragma once

#include "checks/object_stock/obj_stock_scenario.hpp"

#include <string_view>

namespace stockcheck::checks {

/// A scenario that exists for several kinds of stocks has a name for each of them.
struct scenario_name {
  std::string_view name;
};

/// One group. It has a peak in its past. Pages of four bytes behave as larger ones do.
template <class S, class Stock>
struct object_single : obj_stock_scenario<S, Stock> {
  static constexpr unsigned page = 4;

  object_group<S, Stock> root{*this, "root"};
  object_group<S, Stock> a{*this, "a", "objcg of a", root};

  template <class... Batch>
  explicit object_single(unsigned page_size = page, Batch... batch)
      : obj_stock_scenario<S, Stock>(page_size, batch...) {
    this->peak_in_the_past(a);
  }
};

/// Two groups.
template <class S, class Stock>
struct object_pair : object_single<S, Stock> {
  object_group<S, Stock> b{*this, "b", "objcg of b", this->root};

  template <class... Batch>
  explicit object_pair(unsigned page_size = object_pair::page, Batch... batch)
      : object_single<S, Stock>(page_size, batch...) {
    this->peak_in_the_past(b);
  }
};

/// Group a is below p, and p is below the root.
template <class S, class Stock>
struct object_family : obj_stock_scenario<S, Stock> {
  object_group<S, Stock> root{*this, "root"};
  object_group<S, Stock> p{*this, "p", "objcg of p", root};
  object_group<S, Stock> a{*this, "a", "objcg of a", p};

  object_family() : obj_stock_scenario<S, Stock>(4) { this->peak_in_the_past(a); }
};

/// Group a is below p, p is below g, and g is below the root.
template <class S, class Stock>
struct object_large_family : obj_stock_scenario<S, Stock> {
  object_group<S, Stock> root{*this, "root"};
  object_group<S, Stock> g{*this, "g", "objcg of g", root};
  object_group<S, Stock> p{*this, "p", "objcg of p", g};
  object_group<S, Stock> a{*this, "a", "objcg of a", p};

  object_large_family() : obj_stock_scenario<S, Stock>(4) { this->peak_in_the_past(a); }
};

}  // namespace stockcheck::checks
