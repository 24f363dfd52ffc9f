// SPDX-License-Identifier: GPL-2.0-only
// Work on CPUs, RCU, references, and CPUs that go away, explored.
#include "explore/exploration.hpp"
#include "model/atomics/explore_atomics.hpp"
#include "model/kernel/cpu_mask.hpp"
#include "model/kernel/css.hpp"
#include "model/kernel/preempt.hpp"
#include "model/kernel/rcu.hpp"
#include "model/kernel/workqueue.hpp"

#include <doctest/doctest.h>

#include <array>
#include <functional>
#include <memory>
#include <set>

namespace {

using namespace stockcheck;
using policy = explore_atomics;
using kernel::placement;
using machine = kernel::machine<policy>;

struct world {
  world() : on(2, placements) { on.enter(); }

  static constexpr std::array placements{placement{.cpu = 0}, placement{.cpu = 1}};
  machine on;
  std::array<policy::plain<int>, 2> of_cpu;
  policy::atomic<int> flag{0};
  kernel::rcu<policy> rcu;
  kernel::cpu_mask<policy> cpus{2};
  kernel::percpu_work<policy> work{[](void* to, unsigned) {
                                     auto& w = *static_cast<world*>(to);
                                     const kernel::preempt_guard<policy> preempt_off;
                                     auto& mine = w.of_cpu.at(kernel::smp_processor_id<policy>());
                                     mine.store(mine.load() + 1);
                                   },
                                   this};
  int released = 0;
  kernel::css_ref<policy> css{"memcg", [](void* to) { ++static_cast<world*>(to)->released; }, this};
};

using action = std::function<void(world&)>;

class program final : public explore::engine_program {
 public:
  program(const std::array<action, 2>& tasks, const action& end) : tasks_(tasks), end_(end) {
    world_.on.finish_boot();
  }
  void task(std::size_t number) override {
    world_.on.enter();
    tasks_.at(number)(world_);
  }
  void settle() override {
    world_.on.quiesce();
    end_(world_);
  }

 private:
  const std::array<action, 2>& tasks_;
  const action& end_;
  world world_;
};

explore::exploration explored(const std::array<action, 2>& tasks, const action& end) {
  const explore::code_under_test code{2, [&] { return std::make_unique<program>(tasks, end); }};
  return explore::explore(code, {});
}

std::string finding_of(const explore::exploration& done) {
  return done.finding ? done.finding->what : "";
}

TEST_CASE("work runs on the CPU it was queued on, once for each time it was queued") {
  std::set<int> runs;
  const action queue = [](world& w) {
    w.work.schedule_on(1);
    w.work.schedule_on(1);
    w.flag.store(1, order::release);
  };
  const action worker = [](world& w) {
    w.work.work_on(1, [&w] { return w.flag.load(order::acquire) == 1; });
  };
  const explore::exploration done = explored({queue, worker}, [&runs](world& w) {
    w.work.flush(w.cpus);
    runs.insert(w.of_cpu[1].load());
    if (w.of_cpu[0].load() != 0) explore::fail("on the wrong CPU", {});
  });
  CHECK(finding_of(done).empty());
  // Queued while it is pending it runs once, queued after it began it runs again.
  CHECK(runs == std::set<int>{1, 2});
}

TEST_CASE("work that no worker runs is left for the end, and runs on its CPU then") {
  const action nothing = [](world&) {};
  const explore::exploration done =
      explored({[](world& w) { w.work.schedule_on(1); }, nothing}, [](world& w) {
        if (w.of_cpu[1].load() != 0) explore::fail("too early", {});
        w.work.flush(w.cpus);
        if (w.of_cpu[1].load() != 1 || w.of_cpu[0].load() != 0) explore::fail("not there", {});
      });
  CHECK(finding_of(done).empty());
}

TEST_CASE("a grace period ends after the read sections that had begun") {
  const action reader = [](world& w) {
    const kernel::rcu<policy>::read_section section(w.rcu);
    if (w.flag.load(order::relaxed) == 0) w.of_cpu[0].store(1);
  };
  const auto with = [&](bool waits) {
    const action updater = [waits](world& w) {
      w.flag.store(1, order::relaxed);
      if (waits) w.rcu.synchronize();
      w.of_cpu[0].store(2);
    };
    return explored({reader, updater}, [](world&) {});
  };
  CHECK(finding_of(with(true)).empty());
  CHECK_FALSE(finding_of(with(false)).empty());
}

TEST_CASE("the last put of a css releases it, once") {
  const auto user = [](world& w) {
    if (!w.css.tryget()) return;
    w.css.get();
    w.css.put(2);
  };
  const explore::exploration done = explored({user, [](world& w) { w.css.put(); }}, [](world& w) {
    if (w.released != 1 || w.css.count() != 0) explore::fail("not released once", {});
  });
  CHECK(finding_of(done).empty());
}

TEST_CASE("references that are not there are findings") {
  const action put = [](world& w) { w.css.put(); };
  CHECK(finding_of(explored({put, put}, [](world&) {})).find("more references") !=
        std::string::npos);
  CHECK(finding_of(explored({put, [](world& w) { w.css.get(); }}, [](world&) {
        })).find("references are gone") != std::string::npos);
}

TEST_CASE("work of an offline CPU that no worker runs runs on one that is online") {
  const explore::exploration done =
      explored({[](world& w) {
                  w.work.schedule_on(0);
                  w.work.schedule_on(1);
                  w.cpus.take_down(0, [](unsigned) {});
                },
                [](world&) {}},
               [](world& w) {
                 w.work.flush(w.cpus);
                 if (w.of_cpu[0].load() != 0 || w.of_cpu[1].load() != 2)
                   explore::fail("on the wrong CPU", {});
               });
  CHECK(finding_of(done).empty());
}

TEST_CASE("the dead callback runs elsewhere, when the CPU is out of the mask") {
  const explore::exploration done =
      explored({[](world& w) {
                  w.cpus.take_down(1, [&w](unsigned dead) {
                    const kernel::preempt_guard<policy> preempt_off;
                    if (w.cpus.is_online(dead) || kernel::smp_processor_id<policy>() == dead)
                      explore::fail("not dead", {});
                  });
                  w.cpus.bring_up(1);
                },
                [](world& w) { static_cast<void>(w.cpus.is_online(0)); }},
               [](world& w) {
                 if (!w.cpus.is_online(1)) explore::fail("not back", {});
               });
  CHECK(finding_of(done).empty());
}

}  // namespace
