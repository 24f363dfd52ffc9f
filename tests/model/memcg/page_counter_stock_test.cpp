// SPDX-License-Identifier: GPL-2.0-only
// The per-CPU stock of a page_counter, one task at a time.
#include "model/memcg/page_counter_stock.hpp"

#include "tests/model/recording_atomics.hpp"

#include <doctest/doctest.h>

#include <array>

namespace {

using namespace stockcheck;
using tests::recording;
using policy = tests::recording_atomics;
using counter = memcg::page_counter<policy>;
using stock_of = memcg::page_counter_stock<policy>;

/// A counter with a stock, charged from two CPUs.
struct scene {
  scene() {
    recording::clear();
    machine.enter();
    machine.finish_boot();
    recording::current().failed.clear();
  }
  ~scene() { stock.free(); }
  scene(const scene&) = delete;
  scene& operator=(const scene&) = delete;

  static constexpr std::array tasks{kernel::placement{.cpu = 0}, kernel::placement{.cpu = 1}};
  kernel::machine<policy> machine{2, tasks};
  counter root{nullptr, false, "root"};
  counter leaf{&root, false, "leaf"};
  stock_of stock{leaf};
  counter* fail = nullptr;
  unsigned long nr_charged = 99;

  bool try_charge(unsigned cpu, unsigned long nr_pages) {
    std_atomics::current().number = cpu;
    const bool charged = stock.try_charge(nr_pages, fail, nr_charged);
    std_atomics::current().number = 0;
    return charged;
  }
};

TEST_CASE("without a stock every charge is exact") {
  scene s;
  CHECK(s.try_charge(0, 3));
  CHECK(s.nr_charged == 3);
  CHECK(s.leaf.read() == 3);
  CHECK(s.stock.pages(0) == 0);
}

TEST_CASE("a miss charges a batch and keeps the surplus on the CPU, a hit charges nothing") {
  scene s;
  REQUIRE(s.stock.alloc(8) == 0);
  CHECK(s.stock.batch() == 8);
  CHECK(s.try_charge(0, 3));
  CHECK(s.nr_charged == 8);
  CHECK(s.leaf.read() == 8);
  CHECK(s.root.read() == 8);
  CHECK(s.stock.pages(0) == 5);
  CHECK(s.stock.pages(1) == 0);

  CHECK(s.try_charge(0, 5));
  CHECK(s.nr_charged == 0);
  CHECK(s.leaf.read() == 8);
  CHECK(s.stock.pages(0) == 0);
  CHECK(recording::current().failed.empty());
}

TEST_CASE("each CPU has a stock of its own") {
  scene s;
  REQUIRE(s.stock.alloc(8) == 0);
  CHECK(s.try_charge(0, 3));
  CHECK(s.try_charge(1, 1));
  CHECK(s.nr_charged == 8);
  CHECK(s.stock.pages(0) == 5);
  CHECK(s.stock.pages(1) == 7);
  CHECK(s.leaf.read() == 16);
}

TEST_CASE("a stock that does not suffice is left alone and grows beyond a batch") {
  scene s;
  REQUIRE(s.stock.alloc(8) == 0);
  CHECK(s.try_charge(0, 1));
  CHECK(s.stock.pages(0) == 7);
  CHECK(s.try_charge(0, 7));
  CHECK(s.try_charge(0, 3));
  CHECK(s.stock.pages(0) == 5);
  CHECK(s.try_charge(0, 6));
  CHECK(s.nr_charged == 8);
  CHECK(s.stock.pages(0) == 5 + 2);
  CHECK(s.try_charge(0, 7));
  CHECK(s.nr_charged == 0);
}

TEST_CASE("repeated misses add up in a stock, which nothing caps at a batch") {
  scene s;
  REQUIRE(s.stock.alloc(64) == 0);
  CHECK(s.try_charge(0, 33));
  CHECK(s.stock.pages(0) == 31);
  CHECK(s.try_charge(0, 32));
  CHECK(s.stock.pages(0) == 63);
  CHECK(s.try_charge(0, 64));
  CHECK(s.nr_charged == 64);
  CHECK(s.stock.pages(0) == 63);
}

TEST_CASE("a request of a batch or more that the stock cannot serve is charged exactly") {
  scene s;
  REQUIRE(s.stock.alloc(8) == 0);
  CHECK(s.try_charge(0, 8));
  CHECK(s.nr_charged == 8);
  CHECK(s.try_charge(0, 20));
  CHECK(s.nr_charged == 20);
  CHECK(s.stock.pages(0) == 0);
  CHECK(s.leaf.read() == 28);
}

TEST_CASE("a batch that hits the limit is retried with the exact amount") {
  scene s;
  REQUIRE(s.stock.alloc(8) == 0);
  s.root.set_max(5);
  CHECK(s.try_charge(0, 3));
  CHECK(s.nr_charged == 3);
  CHECK(s.leaf.read() == 3);
  CHECK(s.stock.pages(0) == 0);
  CHECK(s.root.failcnt() == 1);
}

TEST_CASE("a charge that does not fit fails at the counter with the limit and charges nothing") {
  scene s;
  REQUIRE(s.stock.alloc(8) == 0);
  s.root.set_max(2);
  CHECK_FALSE(s.try_charge(0, 3));
  CHECK(s.fail == &s.root);
  CHECK(s.nr_charged == 99);
  CHECK(s.leaf.read() == 0);
  CHECK(s.root.read() == 0);
  CHECK(s.root.failcnt() == 2);
}

TEST_CASE("draining a CPU returns its pages at every level and leaves the other CPU alone") {
  scene s;
  REQUIRE(s.stock.alloc(8) == 0);
  CHECK(s.try_charge(0, 3));
  CHECK(s.try_charge(1, 3));
  s.stock.drain(0);
  CHECK(s.stock.pages(0) == 0);
  CHECK(s.stock.pages(1) == 5);
  CHECK(s.leaf.read() == 11);
  CHECK(s.root.read() == 11);
  s.stock.drain(0);
  CHECK(s.leaf.read() == 11);
  s.stock.drain_all();
  CHECK(s.leaf.read() == 6);
  CHECK(recording::current().failed.empty());
}

TEST_CASE("freeing returns what all CPUs keep, may be repeated, and makes charges exact") {
  scene s;
  REQUIRE(s.stock.alloc(8) == 0);
  CHECK(s.try_charge(0, 3));
  CHECK(s.try_charge(1, 3));
  s.stock.free();
  CHECK(s.leaf.read() == 6);
  CHECK(s.stock.pages(0) == 0);
  CHECK(s.stock.batch() == 8);
  s.stock.free();
  s.stock.drain_all();
  CHECK(s.try_charge(0, 1));
  CHECK(s.nr_charged == 1);
  CHECK(s.leaf.read() == 7);
}

TEST_CASE("a stock that cannot be allocated is reported, and charges stay exact") {
  scene s;
  s.machine.let_allocations_fail(1);
  recording::current().choices = {1};
  CHECK(s.stock.alloc(8) == -kernel::enomem);
  CHECK(s.stock.batch() == 0);
  CHECK(s.try_charge(0, 3));
  CHECK(s.nr_charged == 3);
  CHECK(s.leaf.read() == 3);
  CHECK(s.stock.alloc(8) == 0);
}

TEST_CASE("a batch of zero keeps nothing back") {
  scene s;
  REQUIRE(s.stock.alloc(0) == 0);
  CHECK(s.try_charge(0, 1));
  CHECK(s.nr_charged == 1);
  CHECK(s.stock.pages(0) == 0);
}

TEST_CASE("the surplus of a batch goes to the CPU that the task is on when it deposits it") {
  recording::clear();
  constexpr std::array wanderer{kernel::placement{.cpu = 0, .migrations = 1}};
  kernel::machine<policy> machine{2, wanderer};
  machine.enter();
  counter root{nullptr, false, "root"};
  stock_of stock{root};
  REQUIRE(stock.alloc(8) == 0);
  machine.finish_boot();
  recording::current().choices = {0, 1};  // stays for the look at the stock, moves for the deposit
  counter* fail = nullptr;
  unsigned long nr_charged = 0;
  CHECK(stock.try_charge(3, fail, nr_charged));
  CHECK(stock.pages(0) == 0);
  CHECK(stock.pages(1) == 5);
  stock.free();
}

}  // namespace
