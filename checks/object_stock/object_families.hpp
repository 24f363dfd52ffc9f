// SPDX-License-Identifier: GPL-2.0-only
// The kinds of byte stocks that scenarios exist for, and the groups that are charged through them.
#pragma once

#include "checks/base/scenario_family.hpp"
#include "checks/object_stock/obj_stock_scenario.hpp"

#include <string_view>

namespace stockcheck::checks {

/// One slot. `over_pages` is the same, beside a page stock.
template <class S>
struct obj_stock_family {
  static constexpr std::string_view name = "obj_stock";
  using subject = S;
  using atomics = typename S::atomics;
  using stock = typename S::obj_stock;
  struct over_pages {
    using subject = S;
    using stock = typename S::obj_stock_over_pages;
  };
};

/// Several slots: two behave as more do.
template <class S>
struct multi_obj_stock_family {
  static constexpr std::string_view name = "multi_obj_stock";
  using subject = S;
  using atomics = typename S::atomics;
  using stock = typename S::two_slot_obj_stock;
  struct over_pages {
    using subject = S;
    using stock = typename S::two_slot_obj_stock_over_pages;
  };
};

template <class Family>
using object_base = obj_stock_scenario<typename Family::subject, typename Family::stock>;
/// A group whose objects are charged through that kind of stock.
template <class Family>
using group_of_objects = object_group<typename Family::subject, typename Family::stock>;

/// One group. It has a peak in its past. Pages of four bytes behave as larger ones do.
template <class Family>
struct object_single : object_base<Family> {
  static constexpr unsigned page = 4;

  group_of_objects<Family> root{*this, "root"};
  group_of_objects<Family> a{*this, "a", "objcg of a", root};

  template <class... Batch>
  explicit object_single(unsigned page_size = page, Batch... batch)
      : object_base<Family>(page_size, batch...) {
    this->peak_in_the_past(a);
  }
};

/// Two groups.
template <class Family>
struct object_pair : object_single<Family> {
  group_of_objects<Family> b{*this, "b", "objcg of b", this->root};

  template <class... Batch>
  explicit object_pair(unsigned page_size = object_pair::page, Batch... batch)
      : object_single<Family>(page_size, batch...) {
    this->peak_in_the_past(b);
  }
};

/// Group a is below p, and p is below the root.
template <class Family>
struct object_child : object_base<Family> {
  group_of_objects<Family> root{*this, "root"};
  group_of_objects<Family> p{*this, "p", "objcg of p", root};
  group_of_objects<Family> a{*this, "a", "objcg of a", p};

  object_child() : object_base<Family>(4) { this->peak_in_the_past(a); }
};

/// Group a is below p, p is below g, and g is below the root.
template <class Family>
struct object_grandchild : object_base<Family> {
  group_of_objects<Family> root{*this, "root"};
  group_of_objects<Family> g{*this, "g", "objcg of g", root};
  group_of_objects<Family> p{*this, "p", "objcg of p", g};
  group_of_objects<Family> a{*this, "a", "objcg of a", p};

  object_grandchild() : object_base<Family>(4) { this->peak_in_the_past(a); }
};

}  // namespace stockcheck::checks
