// SPDX-License-Identifier: GPL-2.0-only
// Litmus tests of three and four tasks, with names and verdicts of Maranget, Sarkar, Sewell, "A
// Tutorial Introduction to the ARM and POWER Relaxed Memory Models" (2012) and of RC11 (PLDI 2017).
//
// How many executions: three edges between the tasks, each there or the other way round, are 8;
// IRIW has four, hence 16. One of them is the weak one. x86 reorders a store with a later load and
// nothing else (Owens, Sarkar, Sewell 2009): it allows those whose cycle has such a pair in program
// order.
#include "tests/explore/exploration_of.hpp"

#include <doctest/doctest.h>

namespace {

using namespace stockcheck::explore;
using namespace stockcheck::explore::tests;
using enum memory_order;

constexpr counts forbidden_everywhere{0, 0, 0};
constexpr counts allowed_by_rc11{0, 0, 1};
constexpr counts allowed_but_by_sc{0, 1, 1};
constexpr counts eight(const counts& weak) { return {7 + weak[0], 7 + weak[1], 7 + weak[2]}; }
constexpr counts sixteen(const counts& weak) { return {15 + weak[0], 15 + weak[1], 15 + weak[2]}; }

/// Two accesses of a task, the first to one cell and the second to another.
using access = std::function<void(shared&)>;
using cell_of = cell shared::*;
access store_of(cell_of to, value what, memory_order order = relaxed) {
  return [=](shared& s) { (s.*to).store(what, order); };
}
access load_of(cell_of from, std::size_t into, memory_order order = relaxed) {
  return [=](shared& s) { s.r[into] = (s.*from).load(order); };
}
access fence_of(memory_order order) {
  return [=](shared&) { barrier(order); };
}
const access nothing = [](shared&) {};
task_code in_order(std::vector<access> accesses) {
  return [accesses](shared& s) {
    for (const access& one : accesses) one(s);
  };
}
/// Puts what cells are in the end behind the registers 0 to `from` - 1.
access final_values(std::size_t from, std::vector<cell_of> cells) {
  return [=](shared& s) {
    for (std::size_t i = 0; i < cells.size(); ++i) s.r[from + i] = (s.*cells[i]).load(relaxed);
  };
}
constexpr auto x = &shared::x;
constexpr auto y = &shared::y;
constexpr auto z = &shared::z;

litmus iriw(memory_order stores, memory_order first_load, memory_order second_load,
            const access& gap = nothing) {
  return {.tasks = {store_of(x, 1, stores), store_of(y, 1, stores),
                    in_order({load_of(x, 0, first_load), gap, load_of(y, 1, second_load)}),
                    in_order({load_of(y, 2, first_load), gap, load_of(x, 3, second_load)})}};
}

TEST_CASE("IRIW: two readers see two stores in different orders") {
  const auto check = [](const litmus& test, const counts& weak, here at = here::current()) {
    expect(test, {1, 0, 1, 0}, sixteen(weak), weak, at);
  };
  check(iriw(relaxed, relaxed, relaxed), allowed_by_rc11);
  check(iriw(release, acquire, acquire), allowed_by_rc11);
  check(iriw(seq_cst, seq_cst, seq_cst), forbidden_everywhere);
  check(iriw(relaxed, relaxed, relaxed, fence_of(seq_cst)), forbidden_everywhere);
  check(iriw(relaxed, relaxed, relaxed, fence_of(acq_rel)), allowed_by_rc11);
  // PLDI 2017, section 2.1, IRIW-acq-sc: C++11 forbade it, RC11 does not.
  check(iriw(seq_cst, acquire, seq_cst), allowed_by_rc11);
  check(iriw(seq_cst, acquire, acquire), allowed_by_rc11);
  check(iriw(release, seq_cst, seq_cst), allowed_by_rc11);
}

TEST_CASE("WRC: what a store depends on is not seen behind it") {
  const auto wrc = [](memory_order first_load, memory_order store, memory_order second_load) {
    return litmus{.tasks = {store_of(x, 1),
                            in_order({load_of(x, 0, first_load), store_of(y, 1, store)}),
                            in_order({load_of(y, 1, second_load), load_of(x, 2)})}};
  };
  expect(wrc(relaxed, relaxed, relaxed), {1, 1, 0}, eight(allowed_by_rc11), allowed_by_rc11);
  expect(wrc(relaxed, release, relaxed), {1, 1, 0}, eight(allowed_by_rc11), allowed_by_rc11);
  // The first load need not acquire: it happens before the second load of x (read-read coherence).
  expect(wrc(relaxed, release, acquire), {1, 1, 0}, eight(forbidden_everywhere),
         forbidden_everywhere);
}

TEST_CASE("RWC: a store is seen, and what was stored before another's early read is not") {
  const auto rwc = [](memory_order stores, memory_order loads, const access& gap) {
    return litmus{.tasks = {store_of(x, 1, stores),
                            in_order({load_of(x, 0, loads), gap, load_of(y, 1, loads)}),
                            in_order({store_of(y, 1, stores), gap, load_of(x, 2, loads)})}};
  };
  expect(rwc(relaxed, relaxed, nothing), {1, 0, 0}, eight(allowed_but_by_sc), allowed_but_by_sc);
  expect(rwc(release, acquire, nothing), {1, 0, 0}, eight(allowed_but_by_sc), allowed_but_by_sc);
  expect(rwc(seq_cst, seq_cst, nothing), {1, 0, 0}, eight(forbidden_everywhere),
         forbidden_everywhere);
  // PLDI 2017, section 2.2, RWC+syncs: C++11's fences were too weak for it.
  expect(rwc(relaxed, relaxed, fence_of(seq_cst)), {1, 0, 0}, eight(forbidden_everywhere),
         forbidden_everywhere);
}

TEST_CASE("W+RWC: seq_cst fences order what happened before them elsewhere") {
  const auto w_rwc = [](memory_order flag_store, memory_order flag_load, const access& gap) {
    return litmus{.tasks = {in_order({store_of(x, 1), store_of(z, 1, flag_store)}),
                            in_order({load_of(z, 0, flag_load), gap, load_of(y, 1)}),
                            in_order({store_of(y, 1), gap, load_of(x, 2)})}};
  };
  expect(w_rwc(relaxed, relaxed, nothing), {1, 0, 0}, eight(allowed_but_by_sc), allowed_but_by_sc);
  // PLDI 2017, section 2.2: psc_F = [F]; (hb u hb; eco; hb); [F].
  expect(w_rwc(release, acquire, fence_of(seq_cst)), {1, 0, 0}, eight(forbidden_everywhere),
         forbidden_everywhere);
}

TEST_CASE("W+RWC with seq_cst accesses and a release and acquire flag between them") {
  // x before z before the load of y is po; hb; po between different locations: scb has it.
  const litmus test{.tasks = {in_order({store_of(x, 1, seq_cst), store_of(z, 1, release)}),
                              in_order({load_of(z, 0, acquire), load_of(y, 1, seq_cst)}),
                              in_order({store_of(y, 1, seq_cst), load_of(x, 2, seq_cst)})}};
  expect(test, {1, 0, 0}, eight(forbidden_everywhere), forbidden_everywhere);
}

TEST_CASE("ISA2: a message is passed on") {
  const auto isa2 = [](memory_order stores, memory_order loads) {
    return litmus{.tasks = {in_order({store_of(x, 1), store_of(y, 1, stores)}),
                            in_order({load_of(y, 0, loads), store_of(z, 1, stores)}),
                            in_order({load_of(z, 1, loads), load_of(x, 2)})}};
  };
  expect(isa2(relaxed, relaxed), {1, 1, 0}, eight(allowed_by_rc11), allowed_by_rc11);
  expect(isa2(release, acquire), {1, 1, 0}, eight(forbidden_everywhere), forbidden_everywhere);
}

TEST_CASE("rings of three: loads before stores, stores before loads, stores before stores") {
  const litmus loads{.tasks = {in_order({load_of(x, 0), store_of(y, 1)}),
                               in_order({load_of(y, 1), store_of(z, 1)}),
                               in_order({load_of(z, 2), store_of(x, 1)})}};
  expect(loads, {1, 1, 1}, eight(forbidden_everywhere), forbidden_everywhere);
  const litmus buffers{.tasks = {in_order({store_of(x, 1), load_of(y, 0)}),
                                 in_order({store_of(y, 1), load_of(z, 1)}),
                                 in_order({store_of(z, 1), load_of(x, 2)})}};
  expect(buffers, {0, 0, 0}, eight(allowed_but_by_sc), allowed_but_by_sc);
  const litmus stores{.tasks = {in_order({store_of(x, 2), store_of(y, 1)}),
                                in_order({store_of(y, 2), store_of(z, 1)}),
                                in_order({store_of(z, 2), store_of(x, 1)})},
                      .settle = final_values(0, {x, y, z})};
  expect(stores, {2, 2, 2}, eight(allowed_by_rc11), allowed_by_rc11);
}

TEST_CASE("Z6.0 and Z6.3: reads-from, coherence and from-read, in both orders") {
  const auto z6_0 = [](memory_order stores, memory_order loads) {
    return litmus{.tasks = {in_order({store_of(x, 1, stores), store_of(y, 1, stores)}),
                            in_order({load_of(y, 0, loads), store_of(z, 1, stores)}),
                            in_order({store_of(z, 2, stores), load_of(x, 1, loads)})},
                  .settle = final_values(2, {z})};
  };
  expect(z6_0(relaxed, relaxed), {1, 0, 2}, eight(allowed_but_by_sc), allowed_but_by_sc);
  expect(z6_0(release, acquire), {1, 0, 2}, eight(allowed_but_by_sc), allowed_but_by_sc);
  expect(z6_0(seq_cst, seq_cst), {1, 0, 2}, eight(forbidden_everywhere), forbidden_everywhere);
  const auto z6_3 = [](memory_order stores, memory_order loads) {
    return litmus{.tasks = {in_order({store_of(x, 1, stores), store_of(y, 1, stores)}),
                            in_order({store_of(y, 2, stores), store_of(z, 1, stores)}),
                            in_order({load_of(z, 0, loads), load_of(x, 1, loads)})},
                  .settle = final_values(2, {y})};
  };
  expect(z6_3(relaxed, relaxed), {1, 0, 2}, eight(allowed_by_rc11), allowed_by_rc11);
  expect(z6_3(release, acquire), {1, 0, 2}, eight(allowed_by_rc11), allowed_by_rc11);
}

TEST_CASE("Z6.1 and Z6.2: only stores behind, which x86 keeps in order") {
  const litmus z6_1{.tasks = {in_order({store_of(x, 2), store_of(y, 1)}),
                              in_order({store_of(y, 2), store_of(z, 1)}),
                              in_order({load_of(z, 0), store_of(x, 1)})},
                    .settle = final_values(1, {y, x})};
  expect(z6_1, {1, 2, 2}, eight(allowed_by_rc11), allowed_by_rc11);
  const litmus z6_2{.tasks = {in_order({store_of(x, 2), store_of(y, 1)}),
                              in_order({load_of(y, 0), store_of(z, 1)}),
                              in_order({load_of(z, 1), store_of(x, 1)})},
                    .settle = final_values(2, {x})};
  expect(z6_2, {1, 1, 2}, eight(allowed_by_rc11), allowed_by_rc11);
}

TEST_CASE("Z6.4 and Z6.5: a load passes the store before it, which x86 does") {
  const litmus z6_4{.tasks = {in_order({store_of(x, 1), store_of(y, 1)}),
                              in_order({store_of(y, 2), load_of(z, 0)}),
                              in_order({store_of(z, 1), load_of(x, 1)})},
                    .settle = final_values(2, {y})};
  expect(z6_4, {0, 0, 2}, eight(allowed_but_by_sc), allowed_but_by_sc);
  const litmus z6_5{.tasks = {in_order({store_of(x, 1), store_of(y, 1)}),
                              in_order({store_of(y, 2), store_of(z, 1)}),
                              in_order({store_of(z, 2), load_of(x, 0)})},
                    .settle = final_values(1, {y, z})};
  expect(z6_5, {0, 2, 2}, eight(allowed_but_by_sc), allowed_but_by_sc);
}

}  // namespace
