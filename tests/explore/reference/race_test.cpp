// SPDX-License-Identifier: GPL-2.0-only
// Verdicts about data races.
#include "tests/explore/reference/explored.hpp"
#include "tests/explore/reference/instructions.hpp"
#include "tests/explore/reference/interleavings.hpp"

#include <doctest/doctest.h>

#include <utility>

namespace stockcheck::explore::reference {
namespace {

using enum memory_order;

constexpr std::uint32_t data = 0;
constexpr std::uint32_t flag = 1;
constexpr std::uint32_t acknowledged = 2;

/// A plain write, announced by `announce`, read by who sees the flag as 1 with `see`.
litmus_program handed_over(memory_order announce, memory_order see) {
  return {.threads = {{store(data, 1, plain), store(flag, 1, announce)},
                      {load(flag, see), only_if(1, load(data, plain))}},
          .locations = 2};
}

void check(const litmus_program& program, std::size_t executions, bool racy) {
  for (const memory_model model : all_models) {
    const enumeration found = enumerate(program, model);
    CHECK(found.racy == racy);
    if (!racy) CHECK(found.complete.size() == executions);
  }
  CHECK(interleavings(program, machine::memory).racy == racy);
}

TEST_CASE("a plain message that is released and acquired is no race, a relaxed one is") {
  check(handed_over(release, acquire), 2, false);
  check(handed_over(seq_cst, seq_cst), 2, false);
  check(handed_over(relaxed, acquire), 0, true);
  check(handed_over(release, relaxed), 0, true);
  check(handed_over(plain, acquire), 0, true);
}

TEST_CASE("who comes first among the threads does not matter for races") {
  litmus_program program = handed_over(release, acquire);
  std::swap(program.threads[0], program.threads[1]);
  check(program, 2, false);
}

TEST_CASE("a message passed by fences is no race") {
  check({.threads = {{store(data, 1, plain), fence(release), store(flag, 1, relaxed)},
                     {load(flag, relaxed), fence(acquire), only_if(1, load(data, plain))}},
         .locations = 2},
        2, false);
}

TEST_CASE("data may be overwritten after an acquired acknowledgement only") {
  const auto program = [](memory_order see) {
    return litmus_program{.threads = {{store(data, 1, plain), store(flag, 1, release),
                                       load(acknowledged, see), only_if(1, store(data, 2, plain))},
                                      {load(flag, acquire), only_if(1, load(data, plain)),
                                       only_if(1, store(acknowledged, 1, release))}},
                          .locations = 3};
  };
  check(program(acquire), 3, false);
  check(program(relaxed), 0, true);
}

TEST_CASE("a message passes through an update of the flag, not through another thread's store") {
  const auto program = [](const instruction& between) {
    return litmus_program{.threads = {{store(data, 1, plain), store(flag, 1, release)},
                                      {between},
                                      {load(flag, acquire), only_if(2, load(data, plain))}},
                          .locations = 2};
  };
  check(program(fetch_add(flag, 1, relaxed)), 6, false);
  check(program(store(flag, 2, relaxed)), 0, true);
}

TEST_CASE("accesses marked racy are exempt, two reads never race") {
  check({.threads = {{store(data, 1, plain)}, {load(data, racy)}}, .locations = 1}, 2, false);
  check({.threads = {{store(data, 1, plain)}, {load(data, relaxed)}}, .locations = 1}, 0, true);
  check({.threads = {{load(data, plain)}, {load(data, plain)}}, .locations = 1}, 1, false);
  check({.threads = {{store(data, 1, relaxed)}, {load(data, relaxed)}}, .locations = 1}, 2, false);
}

TEST_CASE("a mutex orders what it protects, but only for those who take it") {
  const std::vector protected_write{lock(flag), store(data, 1, plain), unlock(flag)};
  check({.threads = {protected_write, protected_write}, .locations = 2}, 2, false);
  check({.threads = {protected_write, {store(data, 2, plain)}}, .locations = 2}, 0, true);
}

TEST_CASE("what an update acquires happens before its own write") {
  check({.threads = {{load(data, plain), store(data, 1, release)},
                     {compare_exchange(data, 1, 2, acquire, relaxed)}},
         .locations = 1},
        2, false);
  check({.threads = {{load(data, plain), store(data, 1, release)},
                     {compare_exchange(data, 1, 2, relaxed, relaxed)}},
         .locations = 1},
        0, true);
}

TEST_CASE("a race before a deadlock is seen") {
  check({.threads = {{lock(flag), store(data, 1, plain), lock(flag)}, {load(data, plain)}},
         .locations = 2},
        0, true);
}

}  // namespace
}  // namespace stockcheck::explore::reference
