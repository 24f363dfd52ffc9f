// SPDX-License-Identifier: GPL-2.0-only
// The enumerator itself: that its short cut loses nothing, and that it refuses what it cannot hold.
#include "tests/explore/reference/enumerator.hpp"

#include "tests/explore/reference/explored.hpp"
#include "tests/explore/reference/generator.hpp"
#include "tests/explore/reference/instructions.hpp"
#include "tests/explore/reference/print_program.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

namespace stockcheck::explore::reference {
namespace {

using enum memory_order;

TEST_CASE("building writers first finds the executions that building in any order finds") {
  for (const flavour each : all_flavours) {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
      const litmus_program program = generate(each, seed);
      for (const memory_model model : all_models) {
        const enumeration fast = enumerate(program, model);
        const enumeration slow = enumerate(program, model, construction::any_thread);
        INFO(name(each), " ", seed, " ", name(model), "\n", to_string(program));
        CHECK(fast.complete == slow.complete);
        CHECK(fast.deadlocked == slow.deadlocked);
        CHECK(fast.racy == slow.racy);
        CHECK(fast.prefixes <= slow.prefixes);
      }
    }
  }
}

TEST_CASE("an execution lists its events, what they read, and the modification order") {
  const litmus_program program{.threads = {{fence(seq_cst), fetch_add(0, 2, full)},
                                           {choose(1), compare_exchange(0, 0, 7, full, relaxed)}},
                               .locations = 1};
  const graph_set found = enumerate(program, memory_model::rc11).complete;
  CHECK(found.size() == 2);
  const canonical_graph added_first{
      .threads = {{{.kind = event_kind::fence},
                   {.kind = event_kind::update, .read = 0, .written = 2}},
                  {{.kind = event_kind::choice, .read = 0},
                   {.kind = event_kind::read, .from = {0, 1}, .read = 2}}},
      .modification_order = {{{0, 1}}}};
  CHECK(found.contains(added_first));
  CHECK(to_string(added_first) ==
        "thread 0: F U0=0(init)->2\n"
        "thread 1: C=0 R0=2(0.1)\n"
        "location 0: init < 0.1\n");
  canonical_graph other{added_first};
  other.threads[1][1].from = initial_write;
  CHECK(other != added_first);
  CHECK(hash_of(other) != hash_of(added_first));
  CHECK(hash_of(canonical_graph{added_first}) == hash_of(added_first));
}

TEST_CASE("a mutex that stays locked blocks others for ever, without an event") {
  const litmus_program program{.threads = {{lock(0)}, {lock(0)}}, .locations = 1};
  const enumeration found = enumerate(program, memory_model::rc11);
  CHECK(found.complete.empty());
  CHECK(found.deadlocked.size() == 2);
  for (const canonical_graph& graph : found.deadlocked) {
    CHECK(graph.threads[0].size() + graph.threads[1].size() == 1);
  }
}

TEST_CASE("a try_lock that fails is a relaxed read, one that succeeds takes the mutex") {
  const litmus_program program{
      .threads = {{lock(0), unlock(0)}, {try_lock(0), only_if(0, unlock(0))}}, .locations = 1};
  const enumeration found = enumerate(program, memory_model::rc11);
  CHECK(found.complete.size() == 3);
  CHECK(found.deadlocked.empty());
}

TEST_CASE("programs beyond the limits are refused, not cut short") {
  const litmus_program many_threads{.threads = {9, {load(0, relaxed)}}, .locations = 1};
  CHECK_THROWS_AS(enumerate(many_threads, memory_model::sc), std::length_error);
  const litmus_program long_thread{.threads = {{9, load(0, relaxed)}}, .locations = 1};
  CHECK_THROWS_AS(enumerate(long_thread, memory_model::sc), std::length_error);
  const litmus_program many_nodes{.threads = {3, {8, load(0, full)}}, .locations = 1};
  CHECK_THROWS_AS(enumerate(many_nodes, memory_model::sc), std::length_error);
}

}  // namespace
}  // namespace stockcheck::explore::reference
