// SPDX-License-Identifier: GPL-2.0-only
// preempt_guard: nesting, the CPU it keeps, migration, and the finding without it.
#include "model/kernel/preempt.hpp"

#include "tests/model/recording_atomics.hpp"

#include <doctest/doctest.h>

#include <array>
#include <thread>

namespace {

using namespace stockcheck;
using namespace stockcheck::tests;
using kernel::placement;
using policy = recording_atomics;
using machine = kernel::machine<policy>;
using guard = kernel::preempt_guard<policy>;

/// Whether another thread finds the CPU free.
bool is_free(machine& m, unsigned cpu) {
  bool taken = false;
  std::thread{[&] {
    taken = m.run_queue(cpu).try_lock();
    if (taken) m.run_queue(cpu).unlock();
  }}.join();
  return taken;
}

TEST_CASE("a task runs on the CPU it is placed on once the machine has booted") {
  recording::clear();
  const std::array tasks{placement{.cpu = 2}};
  machine m{4, tasks};
  m.enter();
  CHECK(m.is_booting());
  {
    const guard preempt_off;
    CHECK(kernel::smp_processor_id<policy>() == 0);
  }
  m.finish_boot();
  {
    const guard preempt_off;
    CHECK(kernel::smp_processor_id<policy>() == 2);
  }
  m.quiesce();
  {
    const guard preempt_off;
    CHECK(kernel::smp_processor_id<policy>() == 0);
  }
  CHECK(recording::current().failed.empty());
}

TEST_CASE("smp_processor_id with preemption on is a finding") {
  recording::clear();
  const std::array tasks{placement{}};
  machine m{1, tasks};
  m.enter();
  m.finish_boot();
  const unsigned line = location::current().line() + 1;
  kernel::smp_processor_id<policy>();
  REQUIRE(recording::current().failed.size() == 1);
  const failed_expectation& failed = recording::current().failed.front();
  CHECK(failed.kind == oracle::scenario);
  CHECK(failed.at.line == line);
}

TEST_CASE("preemption is off until the outermost guard ends") {
  recording::clear();
  const std::array tasks{placement{.cpu = 1}, placement{.cpu = 1}};
  machine m{2, tasks};
  m.enter();
  m.finish_boot();
  REQUIRE(m.has_shared_cpus());
  {
    const guard outer;
    {
      const guard inner;
      CHECK(m.self().preempt_depth == 2);
      CHECK_FALSE(is_free(m, 1));
    }
    CHECK(m.self().preempt_depth == 1);
    CHECK_FALSE(is_free(m, 1));
    kernel::smp_processor_id<policy>();
  }
  CHECK(m.self().preempt_depth == 0);
  CHECK(is_free(m, 1));
  CHECK(recording::current().failed.empty());
}

TEST_CASE("a guard keeps other tasks off its CPU and leaves other CPUs alone") {
  recording::clear();
  const std::array tasks{placement{.cpu = 0}, placement{.cpu = 0}, placement{.cpu = 1}};
  machine m{2, tasks};
  m.enter();
  m.finish_boot();
  const guard preempt_off;
  CHECK_FALSE(is_free(m, 0));
  CHECK(is_free(m, 1));
}

TEST_CASE("tasks alone on their CPUs need no exclusion") {
  const std::array apart{placement{.cpu = 0}, placement{.cpu = 1}};
  CHECK_FALSE(machine(2, apart).has_shared_cpus());
  const std::array one_may_come_along{placement{.cpu = 0}, placement{.cpu = 1, .migrations = 1}};
  CHECK(machine(2, one_may_come_along).has_shared_cpus());
}

TEST_CASE("a task migrates only where preemption goes off, and as often as it may") {
  recording::clear();
  const std::array tasks{placement{.cpu = 0, .migrations = 1}};
  machine m{3, tasks};
  m.enter();
  m.finish_boot();
  recording::current().choices = {0, 2, 1};
  {
    const guard stays;
    CHECK(kernel::smp_processor_id<policy>() == 0);
    CHECK(m.self().where.migrations == 1);
  }
  {
    const guard moves;
    CHECK(kernel::smp_processor_id<policy>() == 2);
    const guard nested;
    CHECK(kernel::smp_processor_id<policy>() == 2);
  }
  {
    const guard has_no_move_left;
    CHECK(kernel::smp_processor_id<policy>() == 2);
  }
  CHECK(recording::current().choices.size() == 1);
}

TEST_CASE("tasks on one CPU exclude each other on real threads") {
  using real = std_atomics;
  constexpr int rounds = 20'000;
  const std::array tasks{placement{.cpu = 0}, placement{.cpu = 0}};
  kernel::machine<real> m{1, tasks};
  m.finish_boot();
  long not_atomic = 0;
  const auto count = [&](unsigned task) {
    real::current().number = task;
    m.enter();
    for (int i = 0; i < rounds; ++i) {
      const kernel::preempt_guard<real> preempt_off;
      not_atomic = not_atomic + 1;
    }
  };
  std::thread other{count, 1};
  std::thread{count, 0}.join();
  other.join();
  CHECK(not_atomic == 2 * rounds);
}

}  // namespace
