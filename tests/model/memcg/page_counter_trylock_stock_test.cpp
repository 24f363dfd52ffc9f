// SPDX-License-Identifier: GPL-2.0-only
// The earlier designs of the stock of a page_counter, one task at a time.
#include "model/memcg/page_counter_trylock_stock.hpp"

#include "model/memcg/page_counter_refilled_stock.hpp"
#include "tests/model/recording_atomics.hpp"

#include <doctest/doctest.h>

#include <array>

namespace {

using namespace stockcheck;
using tests::recording;
using policy = tests::recording_atomics;
using counter = memcg::page_counter<policy>;
using trylock_stock = memcg::page_counter_trylock_stock<policy>;
using refilled_stock = memcg::page_counter_refilled_stock<policy>;

/// A counter with a stock, charged from two CPUs.
template <class Stock>
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
  Stock stock{leaf};
  counter* fail = nullptr;
  unsigned long nr_charged = 99;

  bool try_charge(unsigned cpu, unsigned long nr_pages) {
    std_atomics::current().number = cpu;
    const bool charged = stock.try_charge(nr_pages, fail, nr_charged);
    std_atomics::current().number = 0;
    return charged;
  }
};

TEST_CASE_TEMPLATE("without a stock every charge is exact, and nothing is drained", Stock,
                   trylock_stock, refilled_stock) {
  scene<Stock> s;
  CHECK(s.try_charge(0, 3));
  CHECK(s.nr_charged == 3);
  s.stock.disable();
  s.machine.quiesce();
  s.stock.drain_all();
  s.stock.drain(1);
  CHECK(s.leaf.read() == 3);
  CHECK(s.stock.pages(0) == 0);
}

TEST_CASE_TEMPLATE("a miss charges a batch and keeps the surplus, a hit charges nothing", Stock,
                   trylock_stock, refilled_stock) {
  scene<Stock> s;
  REQUIRE(s.stock.alloc(8) == 0);
  CHECK(s.try_charge(0, 3));
  CHECK(s.nr_charged == 8);
  CHECK(s.root.read() == 8);
  CHECK(s.stock.pages(0) == 5);
  CHECK(s.stock.pages(1) == 0);
  CHECK(s.try_charge(0, 5));
  CHECK(s.nr_charged == 0);
  CHECK(s.root.read() == 8);
  CHECK(s.try_charge(0, 20));
  CHECK(s.nr_charged == 20);
  CHECK(s.stock.pages(0) == 0);
  CHECK(recording::current().failed.empty());
}

TEST_CASE("a batch that hits the limit is retried with the exact amount") {
  scene<trylock_stock> s;
  REQUIRE(s.stock.alloc(8) == 0);
  s.root.set_max(5);
  CHECK(s.try_charge(0, 3));
  CHECK(s.nr_charged == 3);
  CHECK(s.stock.pages(0) == 0);
  CHECK_FALSE(s.try_charge(0, 3));
  CHECK(s.fail == &s.root);
  CHECK(s.leaf.read() == 3);
}

TEST_CASE("a stock that cannot be allocated is reported") {
  scene<trylock_stock> s;
  s.machine.let_allocations_fail(1);
  recording::current().choices = {1};
  CHECK(s.stock.alloc(8) == -kernel::enomem);
  CHECK(s.stock.batch() == 0);
  CHECK(s.try_charge(0, 3));
  CHECK(s.nr_charged == 3);
}

TEST_CASE("a disabled stock is used up but not filled") {
  scene<trylock_stock> s;
  REQUIRE(s.stock.alloc(8) == 0);
  CHECK(s.try_charge(0, 3));
  s.stock.disable();
  CHECK(s.stock.pages(0) == 5);
  CHECK(s.try_charge(0, 4));
  CHECK(s.nr_charged == 0);
  CHECK(s.try_charge(0, 4));
  CHECK(s.nr_charged == 4);
  CHECK(s.stock.pages(0) == 1);
}

TEST_CASE("a drain returns what all CPUs keep at every level, one of a dead CPU what that keeps") {
  scene<trylock_stock> s;
  REQUIRE(s.stock.alloc(8) == 0);
  CHECK(s.try_charge(0, 3));
  CHECK(s.try_charge(1, 3));
  s.stock.drain(1);
  CHECK(s.stock.pages(1) == 0);
  CHECK(s.root.read() == 11);
  s.machine.quiesce();
  s.stock.drain_all();
  CHECK(s.root.read() == 6);
  CHECK(s.leaf.read() == 6);
  CHECK(recording::current().failed.empty());
}

TEST_CASE("an interrupt that comes while the stock is in use charges and keeps nothing") {
  struct open_stock : trylock_stock {
    using trylock_stock::trylock_stock;
    using trylock_stock::with_stock;
  };
  scene<open_stock> s;
  REQUIRE(s.stock.alloc(8) == 0);
  CHECK(s.try_charge(0, 3));
  const bool ran = s.stock.with_stock([&](auto&) {
    CHECK(s.try_charge(0, 1));
    CHECK(s.nr_charged == 8);
  });
  CHECK(ran);
  CHECK(s.stock.pages(0) == 5);
  CHECK(s.leaf.read() == 3 + 5 + 1);
}

TEST_CASE("what is uncharged goes back to the stock, but not more than a batch of it") {
  scene<refilled_stock> s;
  REQUIRE(s.stock.alloc(4) == 0);
  CHECK(s.try_charge(0, 9));
  s.stock.uncharge(3);
  CHECK(s.stock.pages(0) == 3);
  CHECK(s.root.read() == 9);
  s.stock.uncharge(3);
  CHECK(s.stock.pages(0) == 4);
  CHECK(s.root.read() == 7);
  s.stock.disable();
  s.stock.uncharge(1);
  CHECK(s.stock.pages(0) == 0);
  CHECK(s.root.read() == 2);
}

TEST_CASE("without a stock what is uncharged goes back to the counters") {
  scene<refilled_stock> s;
  CHECK(s.try_charge(0, 2));
  s.stock.uncharge(2);
  CHECK(s.root.read() == 0);
}

}  // namespace
