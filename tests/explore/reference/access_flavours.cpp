// SPDX-License-Identifier: GPL-2.0-only
// Random programs of accesses and fences.
#include "tests/explore/reference/flavours.hpp"
#include "tests/explore/reference/random_instructions.hpp"

#include <algorithm>

namespace stockcheck::explore::reference {
namespace {

/// How many accesses every thread gets: `total` shared out at random, 1 to `most` for each.
std::vector<std::uint32_t> share_out(dice& random, std::uint32_t threads, std::uint32_t total,
                                     std::uint32_t most) {
  std::vector<std::uint32_t> lengths(threads, 1);
  total = std::min(total, threads * most);
  for (std::uint32_t given = threads; given < total; ++given) {
    std::uint32_t to = random.below(threads);
    while (lengths[to] == most) to = (to + 1) % threads;
    ++lengths[to];
  }
  return lengths;
}

/// 2 to 4 threads of instructions that `next(thread, position)` gives, 5 to 8 in all.
template <class Next>
litmus_program random_program(dice& random, std::uint32_t locations, Next next) {
  const std::uint32_t threads = random.pick({2U, 2U, 3U, 3U, 4U});
  litmus_program program{.locations = locations};
  for (const std::uint32_t length : share_out(random, threads, random.between(5, 8), 5)) {
    auto& code = program.threads.emplace_back();
    for (std::uint32_t position = 0; position < length; ++position) {
      code.push_back(next(static_cast<std::uint32_t>(program.threads.size() - 1), position));
    }
  }
  return program;
}

}  // namespace

litmus_program mixed_program(dice& random) {
  const std::uint32_t locations = random.between(1, 3);
  litmus_program program = random_program(random, locations, [&](std::uint32_t, std::uint32_t) {
    return random_instruction(random, locations);
  });
  add_dependencies(random, program, 20);
  return program;
}

litmus_program full_barrier_program(dice& random) {
  const std::uint32_t locations = random.between(1, 3);
  litmus_program program = random_program(random, locations, [&](std::uint32_t, std::uint32_t) {
    const std::uint32_t location = random.below(locations);
    switch (random.below(6)) {
      case 0: return load(location, memory_order::relaxed);
      case 1:
      case 2: return store(location, random.between(1, 2), memory_order::relaxed);
      case 3: return fence(memory_order::full);
      default: return random_update(random, location, memory_order::full, memory_order::relaxed);
    }
  });
  add_dependencies(random, program, 15);
  return program;
}

litmus_program fence_program(dice& random) {
  const std::uint32_t threads = random.pick({2U, 2U, 3U, 3U, 4U});
  litmus_program program{.locations = random.between(2, 3)};
  for (const std::uint32_t length : share_out(random, threads, random.between(5, 8), 4)) {
    auto& code = program.threads.emplace_back();
    for (std::uint32_t position = 0; position < length; ++position) {
      const std::uint32_t location = random.below(program.locations);
      if (position != 0 && random.percent(60)) code.push_back(fence(fence_order(random)));
      code.push_back(random.percent(50)
                         ? load(location, memory_order::relaxed)
                         : store(location, random.between(1, 2), memory_order::relaxed));
    }
  }
  return program;
}

litmus_program compare_exchange_program(dice& random) {
  const std::uint32_t locations = random.between(1, 2);
  litmus_program program = random_program(random, locations, [&](std::uint32_t, std::uint32_t) {
    const std::uint32_t location = random.below(locations);
    switch (random.below(8)) {
      case 0: return load(location, load_order(random));
      case 1: return random_store(random, location, store_order(random));
      case 2: return fetch_add(location, 1, update_order(random));
      default: return random_cas(random, location, update_order(random));
    }
  });
  add_dependencies(random, program, 15);
  return program;
}

litmus_program store_buffering_program(dice& random, bool seq_cst) {
  const std::uint32_t locations = random.between(2, 3);
  const std::uint32_t first = random.below(2);
  const auto order = [&](memory_order weak) {
    return seq_cst && random.percent(60) ? memory_order::seq_cst
                                         : random.pick({memory_order::relaxed, weak});
  };
  return random_program(random, locations, [&](std::uint32_t thread, std::uint32_t position) {
    const std::uint32_t location = (thread + position + random.below(2)) % locations;
    if (seq_cst && position != 0 && random.percent(15)) return fence(memory_order::seq_cst);
    if ((position + first + (random.percent(15) ? 1 : 0)) % 2 == 0) {
      return random_store(random, location, order(memory_order::release));
    }
    return load(location, order(memory_order::acquire));
  });
}

litmus_program failing_full_cas_program(dice& random) {
  const std::uint32_t locations = random.between(2, 3);
  return random_program(random, locations, [&](std::uint32_t, std::uint32_t) {
    const std::uint32_t location = random.below(locations);
    switch (random.below(8)) {
      case 0:
      case 1: return load(location, load_order(random));
      case 2:
      case 3: return random_store(random, location, store_order(random));
      case 4: return fence(fence_order(random));
      case 5: return exchange(location, random.between(1, 2), memory_order::full);
      default: return random_cas(random, location, memory_order::full);
    }
  });
}

}  // namespace stockcheck::explore::reference
