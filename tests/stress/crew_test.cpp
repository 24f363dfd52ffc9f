// SPDX-License-Identifier: GPL-2.0-only
// Threads that work and stand still together.
#include "stress/crew.hpp"

#include "model/atomics/violation.hpp"

#include <doctest/doctest.h>

#include <array>

namespace stockcheck::stress {

namespace {

/// Counts without any synchronisation: only a crew that really stands still may be read.
class counting_member final : public crew_member {
 public:
  std::uint64_t work() override {
    task_ = std_atomics::task();
    machine_ = &kernel::machine<std_atomics>::current();
    ++calls_;
    return 3;
  }
  std::uint64_t calls_ = 0;
  unsigned task_ = ~0U;
  const kernel::machine<std_atomics>* machine_ = nullptr;
};

class failing_member final : public crew_member {
 public:
  std::uint64_t work() override {
    std_atomics::expect(false, oracle::underflow, "broke", {{"usage", -1}});
    return 0;
  }
};

/// A machine with CPUs for two tasks.
struct two_cpus {
  std::array<kernel::placement, 2> placements{{{.cpu = 0}, {.cpu = 1}}};
  kernel::machine<std_atomics> machine{2, placements};
  topology units = topology::of_this_machine();
};

}  // namespace

TEST_CASE("every member works between resume and assemble, as its task on the machine") {
  two_cpus on;
  std::array<counting_member, 2> members;
  crew crew(on.units, on.machine, {&members[0], &members[1]}, 1);
  CHECK(members[0].calls_ == 0);
  for (std::uint64_t round = 1; round <= 3; ++round) {
    crew.resume();
    crew.assemble();
    CHECK(members[0].calls_ >= round);
    CHECK(members[1].calls_ >= round);
  }
  CHECK(crew.operations() == 3 * (members[0].calls_ + members[1].calls_));
  CHECK(members[0].task_ == 0);
  CHECK(members[1].task_ == 1);
  CHECK(members[1].machine_ == &on.machine);
  CHECK(!crew.failed());
}

TEST_CASE("a violation in one member stops the others and is kept") {
  two_cpus on;
  counting_member works;
  failing_member fails;
  crew crew(on.units, on.machine, {&works, &fails}, 1);
  crew.resume();
  while (!crew.wants_to_stop()) std::this_thread::yield();
  crew.assemble();
  const auto failed = crew.failed();
  REQUIRE(failed);
  CHECK(failed->kind == oracle::underflow);
  CHECK(failed->numbers[0].value == -1);
}

TEST_CASE("a crew that is dropped while it works comes to rest first") {
  two_cpus on;
  std::array<counting_member, 2> members;
  {
    crew crew(on.units, on.machine, {&members[0], &members[1]}, 1);
    crew.resume();
  }
  CHECK(members[0].calls_ >= 1);
}

TEST_CASE("threads that cannot be bound are counted, and work all the same") {
  two_cpus on;
  on.units = topology::synthetic("package:1 core:2 pu:1");
  std::array<counting_member, 2> members;
  crew crew(on.units, on.machine, {&members[0], &members[1]}, 1);
  CHECK(crew.pinned() == 0);
  crew.resume();
  crew.assemble();
  CHECK(members[1].calls_ >= 1);
}

}  // namespace stockcheck::stress
