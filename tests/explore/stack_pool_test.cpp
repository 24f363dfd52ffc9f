// SPDX-License-Identifier: GPL-2.0-only
// The pool of fiber stacks: stacks are reused, and are distinct as long as both are taken.
#include "explore/stack_pool.hpp"

#include <doctest/doctest.h>

#include <cstddef>

namespace {

using stockcheck::explore::stack_pool;

constexpr std::size_t bytes = 64 * 1024;

TEST_CASE("a stack that was given back is handed out again") {
  stack_pool pool{bytes};
  const auto first = pool.take();
  void* const top = first.sp;
  pool.give_back(first);
  const auto second = pool.take();
  CHECK(second.sp == top);
  pool.give_back(second);
}

TEST_CASE("two stacks taken at the same time do not overlap") {
  stack_pool pool{bytes};
  const auto one = pool.take();
  const auto other = pool.take();
  const auto* const one_top = static_cast<const char*>(one.sp);
  const auto* const other_top = static_cast<const char*>(other.sp);
  CHECK((one_top <= other_top - other.size || other_top <= one_top - one.size));
  pool.give_back(one);
  pool.give_back(other);
}

TEST_CASE("the whole size of a stack is usable") {
  stack_pool pool{bytes};
  const auto stack = pool.take();
  CHECK(stack.size >= bytes);
  auto* const bottom = static_cast<volatile char*>(stack.sp) - bytes;
  bottom[0] = 1;
  bottom[bytes - 1] = 2;
  CHECK(bottom[0] == 1);
  pool.give_back(stack);
}

}  // namespace
