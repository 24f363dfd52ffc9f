// SPDX-License-Identifier: GPL-2.0-only
// Shrinking a failing program, and printing it as a test.
#include "tests/explore/reference/shrink.hpp"

#include "tests/explore/reference/enumerator.hpp"
#include "tests/explore/reference/generator.hpp"
#include "tests/explore/reference/instructions.hpp"
#include "tests/explore/reference/print_program.hpp"

#include <doctest/doctest.h>

namespace stockcheck::explore::reference {
namespace {

using enum memory_order;

bool weaker_than_sc(const litmus_program& program) {
  return enumerate(program, memory_model::tso).complete !=
         enumerate(program, memory_model::sc).complete;
}

std::size_t instructions(const litmus_program& program) {
  std::size_t number = 0;
  for (const auto& code : program.threads) number += code.size();
  return number;
}

TEST_CASE("what makes a program weaker under TSO shrinks to store buffering") {
  std::uint64_t shrunk = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const litmus_program program = generate(flavour::store_buffering_weak, seed);
    if (!weaker_than_sc(program)) continue;
    const litmus_program smallest = shrink(program, weaker_than_sc);
    INFO(to_string(smallest));
    CHECK(weaker_than_sc(smallest));
    CHECK(smallest.threads.size() == 2);
    CHECK(instructions(smallest) == 4);
    CHECK(smallest.locations == 2);
    ++shrunk;
  }
  CHECK(shrunk > 0);
}

TEST_CASE("conditions, dependencies, orders and values that do not matter are taken away") {
  const litmus_program program{
      .threads = {{load(2, acquire), only_if(0, plus_last_read(store(1, 2, seq_cst)))},
                  {compare_exchange(1, 0, 3, full, acquire)}},
      .locations = 3};
  const auto writes_twice = [](const litmus_program& candidate) {
    return enumerate(candidate, memory_model::sc).complete.size() >= 2;
  };
  const litmus_program smallest = shrink(program, writes_twice);
  CHECK(smallest.locations == 1);
  CHECK(instructions(smallest) == 2);
  for (const auto& code : smallest.threads) {
    CHECK(code.size() == 1);
    CHECK(code[0].order == relaxed);
    CHECK_FALSE(code[0].only_if);
    CHECK_FALSE(code[0].plus_last_read);
  }
}

TEST_CASE("a program that fails whatever is left of it shrinks to nothing") {
  const litmus_program program = generate(flavour::mixed, 1);
  CHECK(shrink(program, [](const litmus_program&) { return true; }) == litmus_program{});
}

TEST_CASE("a program is printed as the test case that builds it") {
  const litmus_program program{
      .threads = {{lock(1), only_if(0, plus_last_read(store(0, 2, release))), unlock(1)},
                  {compare_exchange(0, 1, 2, full, relaxed), fence(seq_cst), choose(2)},
                  {await_not_equal(0, 0), try_lock(1), fetch_add(0, 1, plain)}},
      .locations = 2};
  CHECK(as_test_case(program, "something goes wrong") ==
        R"(TEST_CASE("something goes wrong") {
  const litmus_program program{.threads = {{lock(1), only_if(0, plus_last_read(store(0, 2, memory_order::release))), unlock(1)},
             {compare_exchange(0, 1, 2, memory_order::full, memory_order::relaxed), fence(memory_order::seq_cst), choose(2)},
             {await_not_equal(0, 0, memory_order::acquire), try_lock(1), fetch_add(0, 1, memory_order::plain)}},
 .locations = 2};
  check(program);
}
)");
}

}  // namespace
}  // namespace stockcheck::explore::reference
