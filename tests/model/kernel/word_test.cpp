// SPDX-License-Identifier: GPL-2.0-only
// Plain words of the kernel: the access decides the order.
#include "model/kernel/word.hpp"

#include "tests/model/recording_atomics.hpp"

#include <doctest/doctest.h>

namespace {

using namespace stockcheck;
using namespace stockcheck::tests;
using number = kernel::word<recording_atomics, unsigned long>;

noted_access last_access() {
  REQUIRE_FALSE(recording::current().accesses.empty());
  return recording::current().accesses.back();
}

TEST_CASE("a word starts at zero or at what it is given") {
  CHECK(READ_ONCE(number{}) == 0);
  CHECK(READ_ONCE(number{4}) == 4);
}

TEST_CASE("READ_ONCE and WRITE_ONCE are relaxed") {
  number w{1};
  WRITE_ONCE(w, 2);
  CHECK(last_access() == noted_access{operation::store, order::relaxed});
  CHECK(READ_ONCE(w) == 2);
  CHECK(last_access() == noted_access{operation::load, order::relaxed});
}

TEST_CASE("unmarked accesses are relaxed") {
  number w{1};
  unmarked_write(w, 2);
  CHECK(last_access() == noted_access{operation::store, order::relaxed});
  CHECK(unmarked_read(w) == 2);
  CHECK(last_access() == noted_access{operation::load, order::relaxed});
}

TEST_CASE("xchg of a word is fully ordered and returns the value before") {
  number w{1};
  CHECK(xchg(w, 2) == 1);
  CHECK(last_access() == noted_access{operation::exchange, order::full});
  CHECK(READ_ONCE(w) == 2);
}

TEST_CASE("cmpxchg of a word is fully ordered if it exchanges, otherwise relaxed") {
  number w{1};
  CHECK(cmpxchg(w, 5, 2) == 1);
  CHECK(last_access() == noted_access{operation::compare_exchange, order::full, order::relaxed});
  CHECK(READ_ONCE(w) == 1);
  CHECK(cmpxchg(w, 1, 2) == 1);
  CHECK(READ_ONCE(w) == 2);
}

}  // namespace
