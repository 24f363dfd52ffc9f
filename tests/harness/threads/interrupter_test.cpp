// SPDX-License-Identifier: GPL-2.0-only
// Interrupts on real threads. Tasks wait for the signal where it matters, so that it does not
// depend on luck whether it comes there.
#include "harness/threads/interrupter.hpp"
#include "harness/threads/threads_checker.hpp"
#include "model/atomics/std_atomics.hpp"
#include "model/kernel/local_lock.hpp"

#include <doctest/doctest.h>

#include <fmt/format.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <thread>

using namespace stockcheck;

namespace {

using policy = std_atomics;
using machine = kernel::machine<policy>;

struct subject {
  using atomics = policy;
};

constexpr checks::scenario_info one_task(std::string_view name) {
  return {.name = name, .summary = "", .task_list = {{{"is interrupted"}}}, .nr_cpus = 1};
}

/// Until `came` holds, but not for ever: a signal may be late for its round.
template <class Came>
void wait_for(Came came) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(20);
  while (!came() && std::chrono::steady_clock::now() < end) kernel::barrier();
}

/// A task that is interrupted, once, by handle() of the derived scenario.
template <class Derived>
struct interrupted {
  explicit interrupted(kernel::context level) {
    machine::current().add_interrupt(
        {.level = level,
         .run = [](void* self) { static_cast<Derived*>(self)->handle(); },
         .argument = static_cast<Derived*>(this)});
  }
  void settle() { outcome_.add("task", "result", static_cast<Derived*>(this)->result()); }
  [[nodiscard]] const checks::final_state& outcome() const { return outcome_; }

  static bool is_pending() { return machine::current().self().interrupts.pending != 0; }

 private:
  checks::final_state outcome_;
};

/// How often each result came in that many rounds.
template <template <class> class Scenario>
std::map<std::string, std::uint64_t> results_of(std::uint64_t rounds = 200) {
  static constexpr checks::program_entry entry = checks::entry_for<Scenario, subject>();
  harness::threads_checker checker{std::span{&entry, 1}};
  const auto result = checker.check(
      *entry.info, {.time = std::chrono::seconds(60), .executions = rounds, .seed = 1}, {});
  CHECK_MESSAGE(!result.finding, result.guarantee);
  std::map<std::string, std::uint64_t> counted;
  for (const report::outcome& outcome : result.outcomes) counted[outcome.state] += outcome.count;
  return counted;
}

/// Adds one by a load and a store, and so does the handler.
template <class S>
struct plain_increment : interrupted<plain_increment<S>> {
  static constexpr checks::scenario_info info = one_task("test/plain_increment");

  plain_increment() : interrupted<plain_increment>(kernel::context::hardirq) {}
  void task(unsigned) {
    const int seen = n.load(order::relaxed);
    wait_for([&] { return n.load(order::relaxed) != seen; });
    n.store(seen + 1, order::relaxed);
  }
  void handle() { n.store(n.load(order::relaxed) + 1, order::relaxed); }
  long result() { return n.load(order::relaxed); }

  policy::atomic<int> n{0};
};

/// Adds one with interrupts off, so that the handler has to wait.
template <class S, class Guard, kernel::context level>
struct guarded_increment : interrupted<guarded_increment<S, Guard, level>> {
  guarded_increment() : interrupted<guarded_increment>(level) {}
  void task(unsigned) {
    {
      const Guard guard;
      const int seen = n.load(order::relaxed);
      wait_for([&] { return this->is_pending() || n.load(order::relaxed) != seen; });
      n.store(seen + 1, order::relaxed);
      came_in_section = handled;
    }
    came_behind_section = handled && !came_in_section;
  }
  void handle() {
    n.store(n.load(order::relaxed) + 1, order::relaxed);
    handled = true;
  }
  /// 1 if the handler came at the end of the section, else 0.
  long result() { return came_behind_section ? 1 : 0; }
  void settle() {
    CHECK(n.load(order::relaxed) == (handled ? 2 : 1));
    interrupted<guarded_increment>::settle();
  }

  policy::atomic<int> n{0};
  volatile bool handled = false;
  bool came_in_section = false;
  bool came_behind_section = false;
};

template <class S>
struct increment_with_irqs_off
    : guarded_increment<S, kernel::irq_guard<policy>, kernel::context::hardirq> {
  static constexpr checks::scenario_info info = one_task("test/increment_with_irqs_off");
};
template <class S>
struct increment_with_softirqs_off
    : guarded_increment<S, kernel::bh_guard<policy>, kernel::context::softirq> {
  static constexpr checks::scenario_info info = one_task("test/increment_with_softirqs_off");
};

/// Takes a local_trylock_t, and so does the handler.
template <class S>
struct trylock_in_handler : interrupted<trylock_in_handler<S>> {
  static constexpr checks::scenario_info info = one_task("test/trylock_in_handler");

  trylock_in_handler() : interrupted<trylock_in_handler>(kernel::context::hardirq) {}
  void task(unsigned) {
    came_before = handled;
    const kernel::local_trylock_guard<policy> guard(lock_of());
    CHECK(guard.owns_lock());
    const bool came_by_now = handled;
    wait_for([this] { return handled; });
    nested = handled && !came_by_now;
  }
  void handle() {
    const kernel::local_trylock_guard<policy> guard(lock_of());
    refused = !guard.owns_lock();
    handled = true;
  }
  /// 1 if the handler came in the middle of the section, else 0.
  long result() {
    if (nested) CHECK(refused);
    if (came_before) CHECK_FALSE(refused);
    return nested ? 1 : 0;
  }

  auto lock_of() {
    return [this](unsigned) -> kernel::local_trylock_t<policy>& { return lock; };
  }
  kernel::local_trylock_t<policy> lock;
  volatile bool handled = false;
  volatile bool refused = false;
  bool came_before = false;
  bool nested = false;
};

/// What a handler finds is found at the end of the task that it interrupted.
template <class S>
struct failing_handler : interrupted<failing_handler<S>> {
  static constexpr checks::scenario_info info = one_task("test/failing_handler");

  failing_handler() : interrupted<failing_handler>(kernel::context::softirq) {}
  void task(unsigned) {
    wait_for([this] { return handled; });
  }
  void handle() {
    handled = true;
    policy::expect(false, oracle::scenario, "found in a handler");
  }
  long result() { return 0; }

  volatile bool handled = false;
};

/// How often it was interrupted.
template <class S>
struct counts_interrupts : interrupted<counts_interrupts<S>> {
  static constexpr checks::scenario_info info = one_task("test/counts_interrupts");

  counts_interrupts() : interrupted<counts_interrupts>(kernel::context::softirq) {}
  void task(unsigned) {
    wait_for([this] { return handled != 0; });
  }
  void handle() { handled = handled + 1; }
  long result() { return handled; }

  volatile int handled = 0;
};

std::uint64_t count(const std::map<std::string, std::uint64_t>& results, const char* state) {
  const auto found = results.find(state);
  return found == results.end() ? 0 : found->second;
}

}  // namespace

TEST_CASE("a signal between the load and the store of a task loses an update") {
  const auto results = results_of<plain_increment>();
  CHECK(count(results, "task: result=1") > 0);
}

TEST_CASE("with interrupts off a handler waits until they are on again, and comes then") {
  CHECK(count(results_of<increment_with_irqs_off>(), "task: result=1") > 0);
}

TEST_CASE("a softirq waits for local_bh_enable()") {
  CHECK(count(results_of<increment_with_softirqs_off>(), "task: result=1") > 0);
}

TEST_CASE("a local_trylock() fails exactly in the handler that interrupted its owner") {
  CHECK(count(results_of<trylock_in_handler>(), "task: result=1") > 0);
}

TEST_CASE("a signal that comes before the thread has entered the machine is lost") {
  const auto program = checks::entry_for<counts_interrupts, subject>().make();
  std::jthread([&program] { program->interrupt(0); }).join();
  // The thread has left it for another one.
  const auto next = checks::entry_for<counts_interrupts, subject>().make();
  program->interrupt(0);
  program->task(0);
  program->settle();
  CHECK(program->outcome().entries()[0].value == 0);
}

TEST_CASE("a signal that comes when the thread has entered the machine interrupts it") {
  const auto program = checks::entry_for<counts_interrupts, subject>().make();
  program->interrupt(0);
  program->settle();
  CHECK(program->outcome().entries()[0].value == 1);
}

TEST_CASE("a signal that comes when the task has ended is lost") {
  const auto program = checks::entry_for<counts_interrupts, subject>().make();
  program->task(0);
  program->interrupt(0);
  program->settle();
  CHECK(program->nr_interrupts() == 0);
  CHECK(program->outcome().entries()[0].value == 0);
}

TEST_CASE("interrupts that come in the middle of a task are counted") {
  static constexpr checks::program_entry entry = checks::entry_for<counts_interrupts, subject>();
  const auto result = harness::threads_checker{std::span{&entry, 1}}.check(
      *entry.info, {.time = std::chrono::seconds(60), .executions = 100, .seed = 1}, {});
  std::uint64_t came = 0;
  for (const report::outcome& outcome : result.outcomes)
    if (outcome.state == "task: result=1") came += outcome.count;
  CHECK(came > 0);
  CHECK(result.guarantee.ends_with(fmt::format(", {} interrupts)", came)));
}

TEST_CASE("what fails in a handler is reported") {
  static constexpr checks::program_entry entry = checks::entry_for<failing_handler, subject>();
  const auto result = harness::threads_checker{std::span{&entry, 1}}.check(
      *entry.info, {.time = std::chrono::seconds(60), .executions = 1000, .seed = 1}, {});
  REQUIRE(result.finding);
  CHECK(result.finding->what == "found in a handler");
}
