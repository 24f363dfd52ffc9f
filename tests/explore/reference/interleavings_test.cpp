// SPDX-License-Identifier: GPL-2.0-only
// The enumerator against machines that simply run the program.
#include "tests/explore/reference/interleavings.hpp"

#include "tests/explore/reference/enumerator.hpp"
#include "tests/explore/reference/generator.hpp"
#include "tests/explore/reference/instructions.hpp"
#include "tests/explore/reference/print_program.hpp"

#include <doctest/doctest.h>

namespace stockcheck::explore::reference {
namespace {

using enum memory_order;

constexpr std::uint64_t programs_of_each = 200;

void check_all(memory_model model, machine kind) {
  for (const flavour each : all_flavours) {
    for (std::uint64_t seed = 0; seed < programs_of_each; ++seed) {
      const litmus_program program = generate(each, seed);
      const enumeration built = enumerate(program, model);
      const interleaving_result run = interleavings(program, kind);
      INFO(name(each), " ", seed, "\n", to_string(program));
      CHECK(built.complete == run.complete);
      CHECK(built.deadlocked == run.deadlocked);
      CHECK(built.racy == run.racy);
    }
  }
}

TEST_CASE("random programs have the same executions under SC as all their interleavings") {
  check_all(memory_model::sc, machine::memory);
}

TEST_CASE("random programs have the same executions under TSO as with store buffers") {
  check_all(memory_model::tso, machine::store_buffers);
}

TEST_CASE("interleavings that differ in nothing visible are one execution") {
  const litmus_program program{.threads = {{store(0, 1, relaxed)}, {store(1, 1, relaxed)}},
                               .locations = 2};
  CHECK(interleavings(program, machine::memory).complete.size() == 1);
}

TEST_CASE("store buffers let two loads pass two stores, memory does not") {
  const litmus_program program{.threads = {{store(0, 1, relaxed), load(1, relaxed)},
                                           {store(1, 1, relaxed), load(0, relaxed)}},
                               .locations = 2};
  CHECK(interleavings(program, machine::memory).complete.size() == 3);
  CHECK(interleavings(program, machine::store_buffers).complete.size() == 4);
}

}  // namespace
}  // namespace stockcheck::explore::reference
