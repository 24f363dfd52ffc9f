// SPDX-License-Identifier: GPL-2.0-only
// The kernel's atomics: what they return, and the order each of their names stands for.
#include "model/kernel/atomic.hpp"

#include "tests/model/recording_atomics.hpp"

#include <doctest/doctest.h>

#include <limits>

namespace {

using namespace stockcheck;
using namespace stockcheck::tests;
using counter = kernel::atomic_long_t<recording_atomics>;

/// The only access that `act` makes on a counter of 10.
template <class Act>
noted_access access_of(Act act) {
  counter c{10};
  recording::clear();
  act(c);
  REQUIRE(recording::current().accesses.size() == 1);
  return recording::current().accesses.front();
}

TEST_CASE_TEMPLATE("atomic_t and atomic_long_t count", T, int, long) {
  kernel::basic_atomic<std_atomics, T> c;
  CHECK(c.read() == 0);
  c.set(5);
  CHECK(c.read_acquire() == 5);
  c.add(2);
  c.sub(3);
  CHECK(c.read() == 4);
  CHECK(c.add_return(6) == 10);
  CHECK(c.sub_return(11) == -1);
  CHECK(c.read() == -1);
  c.set_release(std::numeric_limits<T>::max());
  CHECK(c.read() == std::numeric_limits<T>::max());
}

TEST_CASE("every ordering of add_return and sub_return returns the new value") {
  kernel::atomic_t<std_atomics> c;
  CHECK(c.add_return_relaxed(1) == 1);
  CHECK(c.add_return_acquire(1) == 2);
  CHECK(c.add_return_release(1) == 3);
  CHECK(c.sub_return_relaxed(1) == 2);
  CHECK(c.sub_return_acquire(1) == 1);
  CHECK(c.sub_return_release(1) == 0);
}

TEST_CASE("every ordering of xchg returns the value before") {
  kernel::atomic_t<std_atomics> c{1};
  CHECK(c.xchg(2) == 1);
  CHECK(c.xchg_relaxed(3) == 2);
  CHECK(c.xchg_acquire(4) == 3);
  CHECK(c.xchg_release(5) == 4);
  CHECK(c.read() == 5);
}

TEST_CASE("cmpxchg returns what it saw, try_cmpxchg says whether it exchanged") {
  kernel::atomic_t<std_atomics> c{1};
  CHECK(c.cmpxchg(7, 2) == 1);
  CHECK(c.read() == 1);
  CHECK(c.cmpxchg(1, 2) == 1);
  CHECK(c.read() == 2);
  int old = 9;
  CHECK_FALSE(c.try_cmpxchg(old, 3));
  CHECK(old == 2);
  CHECK(c.try_cmpxchg(old, 3));
  CHECK(c.read() == 3);
  for (const auto attempt : {&decltype(c)::try_cmpxchg_relaxed, &decltype(c)::try_cmpxchg_acquire,
                             &decltype(c)::try_cmpxchg_release}) {
    old = c.read() + 1;
    CHECK_FALSE((c.*attempt)(old, 0, location::current()));
    CHECK((c.*attempt)(old, old + 1, location::current()));
  }
  CHECK(c.read() == 6);
}

TEST_CASE("an RMW that returns a value is fully ordered") {
  CHECK(access_of([](counter& c) { c.add_return(1); }) ==
        noted_access{operation::add, order::full});
  CHECK(access_of([](counter& c) { c.sub_return(1); }) ==
        noted_access{operation::sub, order::full});
  CHECK(access_of([](counter& c) { c.xchg(1); }) == noted_access{operation::exchange, order::full});
}

TEST_CASE("an RMW that returns nothing is relaxed") {
  CHECK(access_of([](counter& c) { c.add(1); }) == noted_access{operation::add, order::relaxed});
  CHECK(access_of([](counter& c) { c.sub(1); }) == noted_access{operation::sub, order::relaxed});
}

TEST_CASE("cmpxchg is fully ordered if it exchanges and relaxed if not") {
  const noted_access expected{operation::compare_exchange, order::full, order::relaxed};
  CHECK(access_of([](counter& c) { c.cmpxchg(10, 1); }) == expected);
  CHECK(access_of([](counter& c) {
          long old = 9;
          c.try_cmpxchg(old, 1);
        }) == expected);
}

TEST_CASE("reads and writes are relaxed unless their name says otherwise") {
  CHECK(access_of([](counter& c) { c.read(); }) == noted_access{operation::load, order::relaxed});
  CHECK(access_of([](counter& c) { c.read_acquire(); }) ==
        noted_access{operation::load, order::acquire});
  CHECK(access_of([](counter& c) { c.set(1); }) == noted_access{operation::store, order::relaxed});
  CHECK(access_of([](counter& c) { c.set_release(1); }) ==
        noted_access{operation::store, order::release});
}

TEST_CASE("a suffix names the order of an RMW") {
  CHECK(access_of([](counter& c) { c.add_return_relaxed(1); }).how == order::relaxed);
  CHECK(access_of([](counter& c) { c.add_return_acquire(1); }).how == order::acquire);
  CHECK(access_of([](counter& c) { c.add_return_release(1); }).how == order::release);
  CHECK(access_of([](counter& c) { c.sub_return_relaxed(1); }).how == order::relaxed);
  CHECK(access_of([](counter& c) { c.sub_return_acquire(1); }).how == order::acquire);
  CHECK(access_of([](counter& c) { c.sub_return_release(1); }).how == order::release);
  CHECK(access_of([](counter& c) { c.xchg_relaxed(1); }).how == order::relaxed);
  CHECK(access_of([](counter& c) { c.xchg_acquire(1); }).how == order::acquire);
  CHECK(access_of([](counter& c) { c.xchg_release(1); }).how == order::release);
  long old = 0;
  CHECK(access_of([&](counter& c) { c.try_cmpxchg_relaxed(old, 1); }).how == order::relaxed);
  CHECK(access_of([&](counter& c) { c.try_cmpxchg_acquire(old, 1); }).how == order::acquire);
  CHECK(access_of([&](counter& c) { c.try_cmpxchg_release(old, 1); }).how == order::release);
}

}  // namespace
