// SPDX-License-Identifier: GPL-2.0-only
// The memory models: single outcomes that tell variants of them apart, and laws between them.
#include "tests/explore/reference/axioms.hpp"

#include "tests/explore/reference/explored.hpp"
#include "tests/explore/reference/generator.hpp"
#include "tests/explore/reference/instructions.hpp"
#include "tests/explore/reference/print_program.hpp"

#include <doctest/doctest.h>

namespace stockcheck::explore::reference {
namespace {

using enum memory_order;
using enum memory_model;

constexpr std::uint32_t x = 0;
constexpr std::uint32_t y = 1;
constexpr std::uint32_t z = 2;

constexpr std::uint64_t programs_of_each = 60;

/// Hands `check` random programs of every flavour.
template <class Check>
void for_random_programs(Check check) {
  for (const flavour kind : all_flavours) {
    for (std::uint64_t seed = 0; seed < programs_of_each; ++seed) {
      const litmus_program program = generate(kind, seed);
      INFO(name(kind), " ", seed, "\n", to_string(program));
      check(program);
    }
  }
}

bool includes(const graph_set& larger, const graph_set& smaller) {
  return std::ranges::includes(larger, smaller);
}

TEST_CASE("RC11 allows a seq_cst write and an update to disagree through a release (Z6.U)") {
  const litmus_program program{.threads = {{store(x, 1, seq_cst), store(y, 1, release)},
                                           {fetch_add(y, 1, seq_cst), load(y, relaxed)},
                                           {store(y, 3, seq_cst), load(x, seq_cst)}},
                               .locations = 2};
  CHECK(can_read(program, rc11, {1, 3, 0}));
  CHECK_FALSE(can_read(program, tso, {1, 3, 0}));
  CHECK_FALSE(can_read(program, sc, {1, 3, 0}));
}

TEST_CASE("seq_cst fences restore order between a read and a write that others saw (RWC)") {
  const auto program = [](bool fences) {
    litmus_program built{.threads = {{store(x, 1, relaxed)},
                                     {load(x, relaxed), load(y, relaxed)},
                                     {store(y, 1, relaxed), load(x, relaxed)}},
                         .locations = 2};
    if (fences) {
      for (const std::size_t thread : {1U, 2U}) {
        built.threads[thread].insert(built.threads[thread].begin() + 1, fence(seq_cst));
      }
    }
    return built;
  };
  CHECK(can_read(program(false), rc11, {1, 0, 0}));
  CHECK_FALSE(can_read(program(true), rc11, {1, 0, 0}));
}

TEST_CASE("seq_cst fences between relaxed reads make independent readers agree") {
  const litmus_program program{.threads = {{store(x, 1, relaxed)},
                                           {store(y, 1, relaxed)},
                                           {load(x, relaxed), fence(seq_cst), load(y, relaxed)},
                                           {load(y, relaxed), fence(seq_cst), load(x, relaxed)}},
                               .locations = 2};
  CHECK_FALSE(can_read(program, rc11, {1, 0, 1, 0}));
}

TEST_CASE("seq_cst fences order two pairs of writes") {
  const litmus_program program{
      .threads = {{store(x, 1, relaxed), fence(seq_cst), store(y, 2, relaxed)},
                  {store(y, 1, relaxed), fence(seq_cst), store(x, 2, relaxed)}},
      .locations = 2};
  CHECK(complete_counts(program) == counts{3, 3, 3});
}

TEST_CASE("seq_cst accesses and seq_cst fences order each other") {
  const auto program = [](memory_order between) {
    return litmus_program{.threads = {{store(x, 1, relaxed), fence(between), load(y, relaxed)},
                                      {store(y, 1, seq_cst), load(x, seq_cst)}},
                          .locations = 2};
  };
  CHECK_FALSE(can_read(program(seq_cst), rc11, {0, 0}));
  CHECK(can_read(program(acq_rel), rc11, {0, 0}));
}

TEST_CASE("seq_cst accesses are ordered by a happens-before that leaves their thread") {
  const auto program = [](memory_order handed, memory_order taken) {
    return litmus_program{.threads = {{store(x, 1, seq_cst), store(z, 1, handed)},
                                      {load(z, taken), load(y, seq_cst)},
                                      {store(y, 1, seq_cst), load(x, seq_cst)}},
                          .locations = 3};
  };
  CHECK_FALSE(can_read(program(release, acquire), rc11, {1, 0, 0}));
  CHECK(can_read(program(relaxed, acquire), rc11, {1, 0, 0}));
  CHECK(can_read(program(release, relaxed), rc11, {1, 0, 0}));
}

TEST_CASE("happens-before passes through a third thread (WRC, ISA2)") {
  const litmus_program write_read_cause{
      .threads = {{store(x, 1, relaxed), store(y, 1, release)},
                  {load(y, acquire), only_if(1, store(z, 1, release))},
                  {load(z, acquire), load(x, relaxed)}},
      .locations = 3};
  CHECK_FALSE(can_read(write_read_cause, rc11, {1, 1, 0}));
  litmus_program broken{write_read_cause};
  broken.threads[1][0].order = relaxed;
  CHECK(can_read(broken, rc11, {1, 1, 0}));
}

TEST_CASE("fences synchronize through the relaxed accesses around them") {
  const auto program = [](memory_order before_store, memory_order after_load) {
    return litmus_program{
        .threads = {{store(x, 1, relaxed), fence(before_store), store(y, 1, relaxed)},
                    {load(y, relaxed), fence(after_load), load(x, relaxed)}},
        .locations = 2};
  };
  CHECK_FALSE(can_read(program(release, acquire), rc11, {1, 0}));
  CHECK_FALSE(can_read(program(acq_rel, seq_cst), rc11, {1, 0}));
  CHECK(can_read(program(acquire, acquire), rc11, {1, 0}));
  CHECK(can_read(program(release, release), rc11, {1, 0}));
}

TEST_CASE("updates continue a release sequence, stores of the releasing thread do not") {
  const litmus_program update{.threads = {{store(x, 1, relaxed), store(y, 1, release)},
                                          {fetch_add(y, 1, relaxed)},
                                          {load(y, acquire), load(x, relaxed)}},
                              .locations = 2};
  CHECK_FALSE(can_read(update, rc11, {1, 2, 0}));
  const litmus_program updates{.threads = {{store(x, 1, relaxed), store(y, 1, release)},
                                           {fetch_add(y, 1, relaxed), fetch_add(y, 1, relaxed)},
                                           {load(y, acquire), load(x, relaxed)}},
                               .locations = 2};
  CHECK(can_read(updates, rc11, {1, 2, 3, 1}));
  CHECK_FALSE(can_read(updates, rc11, {1, 2, 3, 0}));
  const litmus_program stored{
      .threads = {{store(x, 1, relaxed), store(y, 1, release), store(y, 2, relaxed)},
                  {load(y, acquire), load(x, relaxed)}},
      .locations = 2};
  CHECK(can_read(stored, rc11, {2, 0}));
}

TEST_CASE("plain accesses synchronize nothing, racy ones are relaxed") {
  const auto program = [](memory_order stored, memory_order loaded) {
    return litmus_program{.threads = {{store(x, 1, relaxed), fence(release), store(y, 1, stored)},
                                      {load(y, loaded), fence(acquire), load(x, relaxed)}},
                          .locations = 2};
  };
  CHECK(can_read(program(plain, relaxed), rc11, {1, 0}));
  CHECK(can_read(program(relaxed, plain), rc11, {1, 0}));
  CHECK_FALSE(can_read(program(racy, racy), rc11, {1, 0}));
}

TEST_CASE("every SC execution is one of TSO, and every TSO execution one of RC11") {
  for_random_programs([](const litmus_program& program) {
    const enumeration strong = enumerate(program, sc);
    const enumeration middle = enumerate(program, tso);
    const enumeration weak = enumerate(program, rc11);
    CHECK(includes(middle.complete, strong.complete));
    CHECK(includes(weak.complete, middle.complete));
    CHECK(includes(middle.deadlocked, strong.deadlocked));
    CHECK(includes(weak.deadlocked, middle.deadlocked));
    CHECK((weak.racy || !middle.racy));
    CHECK((middle.racy || !strong.racy));
  });
}

TEST_CASE("a program that is seq_cst throughout has its SC executions under every model") {
  for_random_programs([](litmus_program program) {
    for (auto& code : program.threads) {
      for (instruction& step : code) step.order = step.failure_order = seq_cst;
      std::erase_if(code, [](const instruction& step) {
        // Their orders are fixed, and weaker.
        return step.code == opcode::lock || step.code == opcode::try_lock ||
               step.code == opcode::unlock;
      });
    }
    const enumeration expected = enumerate(program, sc);
    CHECK(enumerate(program, tso).complete == expected.complete);
    CHECK(enumerate(program, rc11).complete == expected.complete);
  });
}

TEST_CASE("a program with full fences between all accesses is SC under every model") {
  for_random_programs([](const litmus_program& program) {
    litmus_program fenced{program};
    for (std::size_t thread = 0; thread < program.threads.size(); ++thread) {
      fenced.threads[thread].clear();
      for (instruction step : program.threads[thread]) {
        if (step.code == opcode::fence || fenced.threads[thread].size() > 5) continue;
        if (step.order == full) step.order = relaxed;
        if (!fenced.threads[thread].empty()) fenced.threads[thread].push_back(fence(seq_cst));
        fenced.threads[thread].push_back(step);
      }
    }
    const enumeration expected = enumerate(fenced, sc);
    CHECK(enumerate(fenced, tso).complete == expected.complete);
    CHECK(enumerate(fenced, rc11).complete == expected.complete);
  });
}

}  // namespace
}  // namespace stockcheck::explore::reference
