// SPDX-License-Identifier: GPL-2.0-only
// Effective protection: sharing, recursive distribution, and the overflows of the kernel's formula.
#include "model/memcg/page_counter_protection.hpp"

#include "model/atomics/std_atomics.hpp"

#include <doctest/doctest.h>

namespace {

using namespace stockcheck;
using memcg::effective_protection;
using counter = memcg::page_counter<std_atomics>;

TEST_CASE("a group keeps at most what it uses and what it claims") {
  CHECK(effective_protection(
            {.usage = 10, .parent_usage = 20, .setting = 4, .parent_effective = 100, .siblings = 4},
            false) == 4);
  CHECK(effective_protection(
            {.usage = 3, .parent_usage = 20, .setting = 4, .parent_effective = 100, .siblings = 3},
            false) == 3);
}

TEST_CASE("children that claim more than the parent has share it by their claims") {
  const auto keeps = [](unsigned long claim) {
    return effective_protection({.usage = 100,
                                 .parent_usage = 300,
                                 .setting = claim,
                                 .parent_effective = 60,
                                 .siblings = 90},
                                true);
  };
  CHECK(keeps(30) == 20);
  CHECK(keeps(60) == 40);
}

TEST_CASE("unclaimed protection is spread by unprotected usage, with recursive protection only") {
  const memcg::protection_inputs group{
      .usage = 50, .parent_usage = 100, .setting = 10, .parent_effective = 50, .siblings = 20};
  CHECK(effective_protection(group, false) == 10);
  // 30 are left, and the group has 40 of the 80 unprotected pages.
  CHECK(effective_protection(group, true) == 25);
}

TEST_CASE("no surplus goes to a group that is wholly protected, nor to a parent used less") {
  CHECK(
      effective_protection(
          {.usage = 10, .parent_usage = 100, .setting = 10, .parent_effective = 50, .siblings = 10},
          true) == 10);
  CHECK(
      effective_protection(
          {.usage = 15, .parent_usage = 10, .setting = 10, .parent_effective = 50, .siblings = 10},
          true) == 10);
}

TEST_CASE("recursive protection overflows for a parent without bound") {
  const auto of_the_only_child = [](unsigned long usage) {
    return effective_protection({.usage = usage,
                                 .parent_usage = usage,
                                 .setting = 0,
                                 .parent_effective = kernel::page_counter_max,
                                 .siblings = 0},
                                true);
  };
  CHECK(of_the_only_child(4096) == kernel::page_counter_max);
  CHECK(of_the_only_child(67108865) == 33554430);
  CHECK(of_the_only_child((1UL << 31U) + 1) == 1048574);
}

TEST_CASE("sharing overflows for huge claims") {
  constexpr unsigned long huge = 1UL << 33U;
  CHECK(effective_protection({.usage = huge,
                              .parent_usage = 2 * huge,
                              .setting = huge,
                              .parent_effective = huge,
                              .siblings = 2 * huge},
                             false) == 0);
}

/// A group and two children below the root.
struct family {
  counter root{nullptr, true, "root"};
  counter group{&root, true, "group"};
  counter one{&group, true, "one"};
  counter other{&group, true, "other"};

  void walk(bool recursive) {
    for (counter* c : {&root, &group, &one, &other})
      memcg::calculate_protection(root, *c, recursive);
  }
  static unsigned long emin(const counter& c) { return c.emin(); }
  static unsigned long elow(const counter& c) { return c.elow(); }
};

TEST_CASE("a walk from the top gives every group its effective protection") {
  family f;
  f.group.set_min(60);
  f.group.set_low(100);
  f.one.set_min(30);
  f.other.set_min(60);
  f.one.set_low(10);
  f.one.charge(100);
  f.other.charge(100);
  f.walk(false);
  CHECK(family::emin(f.group) == 60);
  CHECK(family::elow(f.group) == 100);
  CHECK(family::emin(f.one) == 20);
  CHECK(family::emin(f.other) == 40);
  CHECK(family::elow(f.one) == 10);
  CHECK(family::elow(f.other) == 0);
  f.walk(true);
  CHECK(family::elow(f.one) == 10 + 90 * 90 / 190);
  CHECK(family::elow(f.other) == 90 * 100 / 190);
}

TEST_CASE("huge claims in a hierarchy end without protection") {
  constexpr unsigned long huge = 1UL << 33U;
  family f;
  for (counter* c : {&f.group, &f.one, &f.other}) c->set_min(huge);
  f.one.charge(huge);
  f.other.charge(huge);
  f.walk(false);
  CHECK(family::emin(f.group) == huge);
  CHECK(family::emin(f.one) == 0);
  CHECK(family::emin(f.other) == 0);
}

TEST_CASE("an unused group keeps the values of the last walk, and the root gets none") {
  family f;
  f.root.set_min(5);
  f.one.set_min(7);
  f.group.set_min(7);
  f.one.charge(7);
  f.walk(false);
  CHECK(family::emin(f.one) == 7);
  f.one.uncharge(7);
  f.one.set_min(0);
  f.walk(false);
  CHECK(family::emin(f.one) == 7);
  CHECK(family::emin(f.root) == 0);
}

}  // namespace
