// SPDX-License-Identifier: GPL-2.0-only
// Random programs: the same for a seed, within their bounds, and able to show what they are for.
#include "tests/explore/reference/generator.hpp"

#include "tests/explore/reference/enumerator.hpp"
#include "tests/explore/reference/print_program.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

namespace stockcheck::explore::reference {
namespace {

/// Whether `holds` of one of the first programs of a flavour.
template <class Property>
bool some_program(flavour kind, Property holds) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    if (holds(generate(kind, seed))) return true;
  }
  return false;
}

bool uses(const litmus_program& program, opcode code) {
  return std::ranges::any_of(program.threads, [code](const auto& thread) {
    return std::ranges::any_of(thread, [code](const auto& step) { return step.code == code; });
  });
}

TEST_CASE("a seed stands for one program") {
  for (const flavour kind : all_flavours) {
    CHECK(generate(kind, 7) == generate(kind, 7));
    CHECK(some_program(kind, [kind](const auto& other) { return other != generate(kind, 0); }));
  }
}

TEST_CASE("a seed stands for the same program whatever compiled the generator") {
  // To be changed when the generator is: what a failing test prints then has other seeds.
  std::uint64_t hash = 0;
  for (const flavour kind : all_flavours) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
      for (const char character : to_string(generate(kind, seed))) {
        hash = hash * 31 + static_cast<unsigned char>(character);
      }
    }
  }
  CHECK(hash == 10408963996897492658U);
}

TEST_CASE("programs have 2 to 4 threads of 1 to 8 instructions, at locations they declare") {
  for (const flavour kind : all_flavours) {
    CAPTURE(name(kind));
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
      const litmus_program program = generate(kind, seed);
      CHECK(program.threads.size() >= 2);
      CHECK(program.threads.size() <= 4);
      for (const auto& code : program.threads) {
        CHECK(code.size() >= 1);
        CHECK(code.size() <= 8);
        for (const instruction& step : code) CHECK(step.location < program.locations);
      }
    }
  }
}

TEST_CASE("every flavour but the lock flavours has programs that RC11 allows more than SC") {
  for (const flavour kind : all_flavours) {
    if (kind == flavour::locks || kind == flavour::locks_and_awaits) continue;
    CAPTURE(name(kind));
    CHECK(some_program(kind, [](const litmus_program& program) {
      return enumerate(program, memory_model::rc11).complete !=
             enumerate(program, memory_model::sc).complete;
    }));
  }
}

TEST_CASE("flavours that block have programs that deadlock and programs that do not") {
  for (const flavour kind : {flavour::locks, flavour::awaits, flavour::locks_and_awaits}) {
    CAPTURE(name(kind));
    for (const bool wanted : {true, false}) {
      CHECK(some_program(kind, [wanted](const litmus_program& program) {
        return enumerate(program, memory_model::sc).deadlocked.empty() != wanted;
      }));
    }
  }
}

TEST_CASE("plain accesses race in some programs, and are handed over rightly in others") {
  for (const flavour kind : {flavour::plain, flavour::locks, flavour::release_sequence}) {
    CAPTURE(name(kind));
    for (const bool wanted : {true, false}) {
      CHECK(some_program(kind, [wanted](const litmus_program& program) {
        const bool has_plain = std::ranges::any_of(program.threads, [](const auto& code) {
          return std::ranges::any_of(
              code, [](const instruction& step) { return step.order == memory_order::plain; });
        });
        return has_plain && enumerate(program, memory_model::rc11).racy == wanted;
      }));
    }
  }
}

TEST_CASE("every kind of instruction is generated") {
  for (const opcode code :
       {opcode::load, opcode::store, opcode::exchange, opcode::fetch_add, opcode::compare_exchange,
        opcode::fence, opcode::lock, opcode::unlock, opcode::try_lock, opcode::await_equal,
        opcode::await_not_equal, opcode::choose}) {
    CAPTURE(static_cast<int>(code));
    CHECK(std::ranges::any_of(all_flavours, [code](flavour kind) {
      return some_program(kind, [code](const auto& program) { return uses(program, code); });
    }));
  }
}

}  // namespace
}  // namespace stockcheck::explore::reference
