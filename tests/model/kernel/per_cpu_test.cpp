// SPDX-License-Identifier: GPL-2.0-only
// Per-CPU data: separate zeroed copies, and an allocation that may be made to fail.
#include "model/kernel/per_cpu.hpp"

#include "tests/model/recording_atomics.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>

namespace {

using namespace stockcheck;
using namespace stockcheck::tests;
using kernel::placement;
using policy = recording_atomics;
using machine = kernel::machine<policy>;

TEST_CASE("every CPU has a zeroed copy of its own") {
  machine m{3, {}};
  m.enter();
  auto* const copies = kernel::alloc_percpu<long, policy>();
  REQUIRE(copies != nullptr);
  for (unsigned cpu = 0; cpu < 3; ++cpu) CHECK(copies->on(cpu) == 0);
  copies->on(1) = 5;
  CHECK(copies->on(0) == 0);
  CHECK(copies->on(1) == 5);
  CHECK(copies->on(2) == 0);
  kernel::free_percpu(copies);
}

TEST_CASE("two copies never share a cache line") {
  machine m{2, {}};
  m.enter();
  auto* const copies = kernel::alloc_percpu<int, policy>();
  REQUIRE(copies != nullptr);
  const auto* const first = reinterpret_cast<const std::byte*>(&copies->on(0));
  const auto* const second = reinterpret_cast<const std::byte*>(&copies->on(1));
  CHECK(second - first >= 64);
  kernel::free_percpu(copies);
}

TEST_CASE("this_cpu is the copy of the CPU the task is on") {
  recording::clear();
  const std::array tasks{placement{.cpu = 1}};
  machine m{2, tasks};
  m.enter();
  m.finish_boot();
  kernel::per_cpu<policy, long> copies{2};
  {
    const kernel::preempt_guard<policy> preempt_off;
    CHECK(&copies.this_cpu() == &copies.on(1));
  }
  CHECK(recording::current().failed.empty());
  copies.this_cpu();
  CHECK(recording::current().failed.size() == 1);
}

TEST_CASE("alloc_percpu fails when the machine may let it fail and the checker chooses so") {
  recording::clear();
  machine m{2, {}};
  m.enter();
  recording::current().choices = {1};
  auto* const budget_of_none = kernel::alloc_percpu<long, policy>();
  CHECK(budget_of_none != nullptr);
  CHECK(recording::current().choices.size() == 1);
  kernel::free_percpu(budget_of_none);

  m.let_allocations_fail(1);
  recording::current().choices = {0, 1, 1};
  auto* const chosen_to_succeed = kernel::alloc_percpu<long, policy>();
  CHECK(chosen_to_succeed != nullptr);
  kernel::free_percpu(chosen_to_succeed);
  auto* const chosen_to_fail = kernel::alloc_percpu<long, policy>();
  CHECK(chosen_to_fail == nullptr);
  auto* const budget_used_up = kernel::alloc_percpu<long, policy>();
  CHECK(budget_used_up != nullptr);
  kernel::free_percpu(budget_used_up);
}

TEST_CASE("freeing no per-CPU data is allowed") {
  kernel::free_percpu(static_cast<kernel::per_cpu<policy, long>*>(nullptr));
}

}  // namespace
