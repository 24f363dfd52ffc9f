// SPDX-License-Identifier: GPL-2.0-only
// How rounds on real threads go on, and end, when the code under test does something wrong.
#include "harness/pool/process_pool.hpp"
#include "harness/threads/threads_checker.hpp"
#include "model/atomics/std_atomics.hpp"
#include "model/kernel/machine.hpp"

#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using namespace stockcheck;

namespace {

using policy = std_atomics;

struct subject {
  using atomics = policy;
};

constexpr checks::scenario_info two_tasks(std::string_view name) {
  return {.name = name,
          .summary = "",
          .task_list = {{{.does = "one thing", .where = {0}}, {.does = "another", .where = {1}}}}};
}
constexpr checks::scenario_info known_by(std::string_view name, oracle kind) {
  checks::scenario_info info = two_tasks(name);
  info.known = checks::known_property{kind, "a-test"};
  return info;
}

/// A scenario without state of its own and with nothing to be said about its end.
struct plain_scenario {
  void settle() {}
  [[nodiscard]] const checks::final_state& outcome() const { return outcome_; }

 private:
  checks::final_state outcome_;
};

/// Task 0 does something wrong before it has done what task 1 awaits.
template <class S>
struct awaited_by_another : plain_scenario {
  static constexpr checks::scenario_info info = two_tasks("test/awaited_by_another");

  void task(unsigned number) {
    if (number == 0) {
      policy::expect(false, oracle::conservation, "wrong");
      ended.store(1, order::release);
    } else {
      policy::await([this] { return ended.load(order::acquire) != 0; });
    }
  }
  policy::atomic<int> ended{0};
};

/// Task 1 finds something, and task 0 ends for another reason.
template <class S>
struct beside_an_error : plain_scenario {
  static constexpr checks::scenario_info info = two_tasks("test/beside_an_error");

  void task(unsigned number) {
    policy::expect(number == 0, oracle::conservation, "wrong");
    throw std::runtime_error("something is lacking");
  }
};

/// Each waits for the other.
template <class S>
struct deadlock : plain_scenario {
  static constexpr checks::scenario_info info = two_tasks("test/deadlock");

  void task(unsigned number) {
    policy::await([&] { return ended[1 - number].load(order::acquire) != 0; });
    ended[number].store(1, order::release);
  }
  std::array<policy::atomic<int>, 2> ended;
};

/// Each keeps its lock and sleeps until the other gives its own away.
template <class S>
struct deadlock_of_sleepers : plain_scenario {
  static constexpr checks::scenario_info info = two_tasks("test/deadlock_of_sleepers");

  void task(unsigned number) {
    locks[number].lock();
    locked.fetch_add(1, order::full);
    policy::await([&] { return locked.load(order::acquire) == 2; });
    locks[1 - number].lock();
  }
  std::array<policy::mutex, 2> locks;
  policy::atomic<int> locked{0};
};

/// Task 0 finds something; task 1 does not look whether it should go on.
template <class S, bool finds>
struct endless : plain_scenario {
  void task(unsigned number) {
    if (number == 0) {
      policy::expect(!finds, oracle::conservation, "wrong");
    } else {
      while (never.load(order::relaxed) == 0) continue;
    }
  }
  policy::atomic<int> never{0};
};
template <class S>
struct endless_loop : endless<S, false> {
  static constexpr checks::scenario_info info = two_tasks("test/endless_loop");
};
template <class S>
struct endless_loop_beside_a_finding : endless<S, true> {
  static constexpr checks::scenario_info info = two_tasks("test/endless_loop_beside_a_finding");
};

/// What is known of it happens in every other round, and in one of these something that is not.
template <class S, bool also_unknown>
struct often_known : plain_scenario {
  often_known() {
    static std::atomic<unsigned> made{0};
    round = made++;
  }
  void task(unsigned number) {
    CHECK(ran[number].exchange(1, order::relaxed) == 0);
    if (number == 0) policy::expect(round % 2 == 0, oracle::leak, "known");
  }
  void settle() {
    policy::expect(!also_unknown || round != 101, oracle::conservation, "not known");
  }
  unsigned round;
  std::array<policy::atomic<int>, 2> ran;
};
template <class S>
struct known_alone : often_known<S, false> {
  static constexpr checks::scenario_info info = known_by("test/known_alone", oracle::leak);
};
template <class S>
struct known_beside_another : often_known<S, true> {
  static constexpr checks::scenario_info info = known_by("test/known_beside_another", oracle::leak);
};

/// Its handler is on a CPU without a task.
template <class S>
struct never_interrupted : plain_scenario {
  static constexpr checks::scenario_info info = two_tasks("test/never_interrupted");

  never_interrupted() {
    kernel::machine<policy>::current().add_interrupt({.cpu = 2, .run = [](void*) {}});
  }
  void task(unsigned) {}
};

/// Found when the program is gone.
checks::program_entry left_over() {
  static constexpr checks::program_entry entry = [] {
    checks::program_entry with = checks::entry_for<known_alone, subject>();
    with.end = [] { policy::expect(false, oracle::memory, "left over"); };
    return with;
  }();
  return entry;
}

/// Short: these rounds do nothing.
constexpr std::chrono::milliseconds patience{300};

report::result check(const checks::program_entry& entry, std::uint64_t rounds = 1000) {
  return harness::threads_checker{std::span{&entry, 1}, patience}.check(
      *entry.info, {.time = std::chrono::seconds(600), .executions = rounds, .seed = 1}, {});
}
template <template <class> class Scenario>
report::result check(std::uint64_t rounds = 1000) {
  static constexpr checks::program_entry entry = checks::entry_for<Scenario, subject>();
  return check(entry, rounds);
}

/// For what leaves threads behind.
template <template <class> class Scenario>
report::result check_in_a_process() {
  harness::pool_observer nobody;
  const std::atomic<bool> never{false};
  static constexpr checks::program_entry entry = checks::entry_for<Scenario, subject>();
  const std::vector<harness::job> jobs{
      {.blank = {.scenario = std::string(entry.info->name), .checker = "threads"},
       .limit = std::chrono::minutes(5),
       .run = [](const harness::progress_sink&) { return check<Scenario>(); }}};
  return harness::run_all(jobs, 1, nobody, never).at(0);
}

const report::finding& found(const report::result& result) {
  CAPTURE(result.guarantee);
  CHECK(result.verdict == verdict::fail);
  REQUIRE(result.finding);
  return *result.finding;
}

}  // namespace

TEST_CASE("a finding is reported though another task awaits what does not come any more") {
  CHECK(found(check<awaited_by_another>()).what == "wrong");
}

TEST_CASE("a finding is reported though another task ended by an error") {
  CHECK(found(check<beside_an_error>()).what == "wrong");
}

TEST_CASE("tasks that wait for each other are a finding") {
  const report::result result = check<deadlock>();
  CHECK(found(result).kind == oracle::progress);
  CHECK(found(result).what == "the checked code does not come to an end");
}

TEST_CASE("tasks that sleep for ever are a finding") {
  CHECK(found(check_in_a_process<deadlock_of_sleepers>()).kind == oracle::progress);
}

TEST_CASE("an endless loop is a finding") {
  CHECK(found(check_in_a_process<endless_loop>()).signature == "progress: no end");
}

TEST_CASE("what was found before an endless loop is what is reported") {
  CHECK(found(check_in_a_process<endless_loop_beside_a_finding>()).what == "wrong");
}

TEST_CASE("a round goes on behind what is known of a scenario, and further ones do") {
  const report::result result = check<known_alone>();
  CHECK(result.verdict == verdict::known);
  CHECK(result.executions == 1000);
  CHECK(result.guarantee == "real threads, 500 of 1000 rounds");
  REQUIRE(result.outcomes.size() == 1);
  CHECK(result.outcomes[0].count == 1000);
}

TEST_CASE("behind what is known of a scenario something else is found in the same round") {
  const report::result result = check<known_beside_another>();
  CHECK(found(result).what == "not known");
  CHECK(result.executions < 1000);
}

TEST_CASE("what is left when the program is gone is a finding") {
  CHECK(found(check(left_over())).what == "left over");
}

TEST_CASE("without the interrupts of a scenario nothing is known about it") {
  const report::result result = check<never_interrupted>(10);
  CHECK(result.verdict == verdict::unknown);
  CHECK(result.guarantee.starts_with("no interrupt came in "));
}
