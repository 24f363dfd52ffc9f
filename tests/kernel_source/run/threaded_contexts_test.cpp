// SPDX-License-Identifier: GPL-2.0-only
// Contexts of C code on real threads, by the hooks that its shim calls.
#include "kernel_source/run/threaded_contexts.hpp"

#include "kernel_source/run/held_signals.hpp"
#include "kernel_source/run/unsupported.hpp"

#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <functional>
#include <optional>
#include <thread>
#include <utility>

namespace {

using namespace stockcheck;
using namespace stockcheck::kernel_source;
using kernel::placement;

constexpr explore_site here{"code.c", "function", 1};

const sc_context_hooks& contexts() { return threaded_contexts::hooks(); }

/// A machine of two CPUs with a task on each, of which the calling thread runs the first.
class two_tasks {
 public:
  explicit two_tasks(const std::function<void()>& handler = {}) : handler_(handler) {
    std_atomics::current().number = 0;
    on_.enter();
    on_.add_interrupt({.times = 2,
                       .run = [](void* self) { static_cast<two_tasks*>(self)->handler_(); },
                       .argument = this});
    on_.finish_boot();
  }
  /// The signal of the handler arrives.
  void signal() { on_.signalled(0); }
  /// Runs the second task.
  std::jthread start(const std::function<void()>& task) {
    return std::jthread([this, task] {
      std_atomics::current().number = 1;
      on_.enter();
      task();
    });
  }

 private:
  static constexpr std::array placements{placement{.cpu = 0}, placement{.cpu = 1}};

  std::function<void()> handler_;
  kernel::machine<std_atomics> on_{2, placements};
};

TEST_CASE("a signal waits as long as interrupts are off") {
  int came = 0;
  two_tasks on([&came] {
    CHECK_FALSE(contexts().in_task());
    ++came;
  });
  contexts().irqs_off(true, &here);
  contexts().irqs_off(true, &here);
  on.signal();
  contexts().irqs_off(false, &here);
  CHECK(came == 0);
  contexts().irqs_off(false, &here);
  CHECK(came == 1);
  CHECK(contexts().in_task());
  contexts().preempt_off(true, &here);
  on.signal();
  CHECK(came == 2);
  contexts().preempt_off(false, &here);
}

TEST_CASE("a signal waits for what a handler would find half done") {
  int came = 0;
  two_tasks on([&came] { ++came; });
  {
    const held_signals<std_atomics> outer;
    {
      const held_signals<std_atomics> inner;
      on.signal();
    }
    CHECK(came == 0);
  }
  CHECK(came == 1);
}

TEST_CASE("a handler has locks and sections of its own above those of the task") {
  unsigned word = 0;
  two_tasks on([&word] {
    unsigned other = 0;
    CHECK_FALSE(contexts().try_lock(&word, &here));
    contexts().lock(&other, &here);
    contexts().preempt_off(true, &here);
    contexts().preempt_off(false, &here);
    contexts().unlock(&other, &here);
  });
  contexts().lock(&word, &here);
  const open_contexts before = threaded_contexts::open();
  on.signal();
  CHECK(threaded_contexts::open() == before);
  contexts().unlock(&word, &here);
  CHECK(word == 0);
  CHECK(threaded_contexts::open() == open_contexts{});
}

/// Whether a grace period waits until a task ends a section that it is in already.
bool waits_for(const std::function<void(bool begins)>& section) {
  two_tasks on;
  const kernel::cpu_mask<std_atomics> online(2);
  kernel_cpus<std_atomics> cpus(online, {});
  std::atomic<bool> is_in = false;
  std::atomic<bool> is_out = false;
  const std::jthread reader = on.start([&] {
    section(true);
    is_in = true;
    for (int i = 0; i < 100; ++i) std::this_thread::yield();
    is_out = true;
    section(false);
  });
  while (!is_in) std::this_thread::yield();
  cpus.rcu().synchronize();
  return is_out;
}

TEST_CASE(
    "a grace period waits for read sections, and for preemption and interrupts that are off") {
  for (const auto around : {contexts().rcu_reader, contexts().preempt_off, contexts().irqs_off})
    CHECK(waits_for([around](bool begins) { around(begins, &here); }));
}

TEST_CASE("the code asks the CPUs of the scenario") {
  const two_tasks on;
  kernel::cpu_mask<std_atomics> online(2);
  kernel_cpus<std_atomics> cpus(online, {.drain = [](void*, unsigned) {}});
  CHECK(contexts().is_online(1, &here));
  online.take_down(1, [](unsigned) {});
  CHECK_FALSE(contexts().is_online(1, &here));
  CHECK_FALSE(contexts().is_isolated(0, &here));
  cpus.isolate(0);
  CHECK(contexts().is_isolated(0, &here));
  CHECK(contexts().queue_work(0, nullptr, &here));
  CHECK_FALSE(contexts().queue_work(0, nullptr, &here));
}

TEST_CASE("the CPUs are those of the scenario that began last") {
  const two_tasks on;
  CHECK_THROWS_AS(contexts().is_online(1, &here), unsupported);
  {
    const kernel::cpu_mask<std_atomics> online(2);
    std::optional<kernel_cpus<std_atomics>> before(std::in_place, online, work_functions{});
    const kernel_cpus<std_atomics> now(online, {});
    before.reset();
    CHECK(contexts().is_online(1, &here));
  }
  CHECK_THROWS_AS(contexts().rcu_reader(true, &here), unsupported);
}

}  // namespace
