// SPDX-License-Identifier: GPL-2.0-only
// Random programs in which one thread passes something to another.
#include "tests/explore/reference/flavours.hpp"
#include "tests/explore/reference/random_instructions.hpp"

namespace stockcheck::explore::reference {
namespace {

constexpr std::uint32_t data = 0;
constexpr std::uint32_t flag = 1;

memory_order failure_order(dice& random) {
  return random.pick({memory_order::relaxed, memory_order::acquire});
}

/// What may happen to a flag between the thread that sets it and the one that sees it.
instruction meddle(dice& random) {
  const memory_order order = random.pick(
      {memory_order::relaxed, memory_order::relaxed, memory_order::acquire, memory_order::release});
  switch (random.below(5)) {
    case 0: return store(flag, 2, memory_order::relaxed);
    case 1: return exchange(flag, 2, order);
    case 2: return fetch_add(flag, 1, order);
    default: {
      const value_type expected = random.below(2);
      return compare_exchange(flag, expected, 2, order, failure_order(random));
    }
  }
}

/// Reads the flag, in one of the ways that may or may not acquire.
void see_flag(dice& random, std::vector<instruction>& code) {
  const memory_order order = random.percent(60) ? memory_order::acquire : memory_order::relaxed;
  if (random.percent(40)) {
    const value_type expected = random.between(1, 2);
    code.push_back(compare_exchange(flag, expected, 3, order, failure_order(random)));
  } else {
    code.push_back(load(flag, order));
  }
  if (random.percent(25)) code.push_back(fence(memory_order::acquire));
}

void set_flag(dice& random, std::vector<instruction>& code) {
  if (random.percent(30)) {
    code.push_back(fence(memory_order::release));
    code.push_back(store(flag, 1, memory_order::relaxed));
  } else {
    code.push_back(
        store(flag, 1, random.percent(75) ? memory_order::release : memory_order::relaxed));
  }
  if (random.percent(30)) code.push_back(meddle(random));
}

instruction plain_access(dice& random, std::uint32_t chance_of_racy) {
  const memory_order order =
      random.percent(chance_of_racy) ? memory_order::racy : memory_order::plain;
  return random.percent(50) ? load(data, order) : store(data, random.between(1, 2), order);
}

}  // namespace

litmus_program release_sequence_program(dice& random) {
  const memory_order access = random.pick({memory_order::relaxed, memory_order::plain});
  litmus_program program{.threads = {{}, {}, {}}, .locations = 2};
  program.threads[0].push_back(store(data, 1, access));
  set_flag(random, program.threads[0]);
  program.threads[1].push_back(meddle(random));
  if (random.percent(40)) program.threads[1].push_back(meddle(random));
  see_flag(random, program.threads[2]);
  instruction last = random.percent(70) ? load(data, access) : store(data, 2, access);
  if (random.percent(70)) last.only_if = random.between(1, 2);
  program.threads[2].push_back(last);
  return program;
}

litmus_program plain_program(dice& random) {
  litmus_program program{.locations = 2};
  const std::uint32_t threads = random.between(2, 3);
  for (std::uint32_t thread = 0; thread < threads; ++thread) {
    auto& code = program.threads.emplace_back();
    if (thread == 0 || random.percent(25)) {
      code.push_back(plain_access(random, 15));
      set_flag(random, code);
    } else {
      see_flag(random, code);
      instruction access = plain_access(random, 15);
      if (random.percent(75)) access.only_if = random.between(1, 2);
      code.push_back(access);
    }
    if (random.percent(10)) code.push_back(plain_access(random, 40));
  }
  return program;
}

litmus_program choice_program(dice& random) {
  const std::uint32_t locations = random.between(1, 2);
  const std::uint32_t threads = random.between(2, 3);
  litmus_program program{.locations = locations};
  for (std::uint32_t thread = 0; thread < threads; ++thread) {
    auto& code = program.threads.emplace_back();
    if (thread == 0 || random.percent(30)) {
      code.push_back(choose(random.between(2, 3)));
      const instruction conditional = random_instruction(random, locations);
      code.push_back(only_if(random.below(2), conditional));
      if (random.percent(50)) code.push_back(plus_last_read(store(0, 1, store_order(random))));
    }
    const std::uint32_t more = threads == 2 ? random.between(1, 2) : 1;
    for (std::uint32_t added = 0; added < more; ++added) {
      code.push_back(random_instruction(random, locations));
    }
  }
  add_dependencies(random, program, 10);
  return program;
}

}  // namespace stockcheck::explore::reference
