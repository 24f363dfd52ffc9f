// SPDX-License-Identifier: GPL-2.0-only
// Work that is done on another CPU and waited for, explored.
#include "model/kernel/work_on_cpu.hpp"
#include "explore/exploration.hpp"
#include "model/atomics/explore_atomics.hpp"
#include "model/kernel/preempt.hpp"

#include <doctest/doctest.h>

#include <array>
#include <memory>

namespace {

using namespace stockcheck;
using policy = explore_atomics;
using kernel::placement;

constexpr unsigned worker_cpu = 0;
constexpr unsigned caller_cpu = 1;

/// A worker on CPU 0, and a caller on CPU 1 that has CPU 0 do something, or its own.
class program final : public explore::engine_program {
 public:
  explicit program(unsigned target) : target_(target) {
    machine_.enter();
    machine_.finish_boot();
  }

  void task(std::size_t number) override {
    machine_.enter();
    if (number == worker_cpu) {
      work_.work_on(worker_cpu, [this] { return ended_.load(order::acquire) != 0; });
      return;
    }
    work_.call(target_);
    const int seen = runs_.load();
    policy::expect(seen == 1, oracle::scenario, "the caller did not wait", {{"runs", seen}});
    ended_.store(1, order::release);
  }
  void settle() override {
    machine_.quiesce();
    const int cpu = ran_on_.load();
    policy::expect(cpu == static_cast<int>(target_), oracle::scenario, "it ran elsewhere",
                   {{"cpu", cpu}});
    work_.call(worker_cpu);
    policy::expect(runs_.load() == 2, oracle::scenario, "nothing runs when all tasks have ended");
  }

 private:
  static constexpr std::array placements{placement{.cpu = worker_cpu},
                                         placement{.cpu = caller_cpu}};

  void run() {
    const kernel::preempt_guard<policy> preempt_off;
    runs_.store(runs_.load() + 1);
    ran_on_.store(static_cast<int>(kernel::smp_processor_id<policy>()));
  }

  unsigned target_;
  kernel::machine<policy> machine_{2, placements};
  policy::plain<int> runs_{0};
  policy::plain<int> ran_on_{-1};
  policy::atomic<int> ended_{0};
  kernel::work_on_cpu<policy> work_{[](void* self) { static_cast<program*>(self)->run(); }, this};
};

explore::exploration explored(unsigned target) {
  const explore::code_under_test code{2, [target] { return std::make_unique<program>(target); }};
  return explore::explore(code, {});
}

TEST_CASE(
    "work on another CPU has been done when the call returns, and what it stored is visible") {
  const explore::exploration done = explored(worker_cpu);
  CHECK_FALSE(done.finding.has_value());
  CHECK(done.is_proof({}));
}

TEST_CASE("work on the caller's own CPU needs no worker") {
  const explore::exploration done = explored(caller_cpu);
  CHECK_FALSE(done.finding.has_value());
  CHECK(done.is_proof({}));
}

}  // namespace
