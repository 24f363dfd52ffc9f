// SPDX-License-Identifier: GPL-2.0-only
// Handlers nest on tasks at points that the checker chooses, and nowhere else.
#include "explore/exploration.hpp"
#include "model/atomics/explore_atomics.hpp"
#include "model/kernel/interruptible.hpp"
#include "model/kernel/irq.hpp"
#include "model/kernel/local_lock.hpp"

#include <doctest/doctest.h>

#include <array>
#include <functional>
#include <memory>
#include <set>
#include <vector>

namespace {

using namespace stockcheck;
using policy = kernel::interruptible<explore_atomics>;
using kernel::context;
using kernel::interrupt_handler;
using kernel::placement;
using machine = kernel::machine<policy>;

/// Tasks on a machine, a few cells, and handlers.
struct world {
  explicit world(std::span<const placement> tasks) : on(2, tasks) { on.enter(); }

  machine on;
  policy::plain<int> counter{0};
  policy::atomic<int> x{0};
  policy::atomic<int> y{0};
  kernel::local_trylock_t<policy> lock;
  std::array<int, 4> seen{};
};

using action = std::function<void(world&)>;
struct handler {
  unsigned cpu = 0;
  context level = context::hardirq;
  unsigned times = 1;
  action run;
};
struct scenario {
  std::vector<placement> tasks;
  std::vector<handler> handlers;
  std::function<void(world&, std::size_t)> task;
  action end = [](world&) {};
};

class program final : public explore::engine_program {
 public:
  explicit program(const scenario& what) : what_(what), world_(what.tasks) {
    bound_.reserve(what.handlers.size());
    for (const handler& h : what.handlers) {
      bound_.push_back({&world_, &h.run});
      world_.on.add_interrupt({.cpu = h.cpu,
                               .level = h.level,
                               .times = h.times,
                               .run =
                                   [](void* to) {
                                     const auto& [on, run] = *static_cast<const bound*>(to);
                                     (*run)(*on);
                                   },
                               .argument = &bound_.back()});
    }
    world_.on.finish_boot();
  }
  void task(std::size_t number) override {
    world_.on.enter();
    what_.task(world_, number);
    world_.on.interrupt_point([] { return true; });
  }
  void settle() override {
    world_.on.quiesce();
    what_.end(world_);
  }

 private:
  struct bound {
    world* on;
    const action* run;
  };

  const scenario& what_;
  world world_;
  std::vector<bound> bound_;
};

explore::exploration explored(const scenario& what) {
  const explore::code_under_test code{what.tasks.size(),
                                      [&] { return std::make_unique<program>(what); }};
  return explore::explore(code, {});
}

void increment(world& w) { w.counter.store(w.counter.load() + 1); }

/// The values that the counter can end with.
std::set<int> final_counts(scenario what) {
  std::set<int> counts;
  what.end = [&counts](world& w) { counts.insert(w.counter.load()); };
  const explore::exploration done = explored(what);
  CHECK_MESSAGE(!done.finding, (done.finding ? done.finding->what : ""));
  return counts;
}

const std::vector one_task{placement{}};

TEST_CASE("a handler between the load and the store of a counter loses an update") {
  const scenario racing{.tasks = one_task,
                        .handlers = {{.run = increment}},
                        .task = [](world& w, std::size_t) { increment(w); }};
  // 1: it never came, or came in between; 2: it came before or behind.
  CHECK(final_counts(racing) == std::set<int>{1, 2});
  CHECK(explored(racing).complete == 4);
}

TEST_CASE("under irq_guard no handler comes in between") {
  std::set<int> lost;
  const scenario guarded{
      .tasks = one_task,
      .handlers = {{.run =
                        [](world& w) {
                          increment(w);
                          w.seen[0] = 1;
                        }}},
      .task =
          [](world& w, std::size_t) {
            const kernel::irq_guard<policy> irqs_off;
            increment(w);
          },
      .end = [&lost](world& w) { lost.insert(1 + w.seen[0] - w.counter.load()); }};
  CHECK(!explored(guarded).finding);
  CHECK(lost == std::set<int>{0});
}

TEST_CASE("a handler comes as often as declared, and nests on lower contexts alone") {
  const auto count_of = [](std::vector<handler> handlers) {
    return final_counts({.tasks = one_task,
                         .handlers = std::move(handlers),
                         .task = [](world& w, std::size_t) { w.x.store(1, order::relaxed); }});
  };
  const auto locked = [](world& w) {
    const kernel::irq_guard<policy> irqs_off;
    increment(w);
  };
  CHECK(count_of({{.times = 3, .run = locked}}) == std::set<int>{0, 1, 2, 3});
  // Two softirqs never nest: neither is lost. A hardirq nests on a softirq.
  CHECK(count_of({{.level = context::softirq, .run = increment},
                  {.level = context::softirq, .run = increment}}) == std::set<int>{0, 1, 2});
  std::set<int> depths;
  const scenario nested{.tasks = one_task,
                        .handlers = {{.level = context::softirq,
                                      .run =
                                          [](world& w) {
                                            w.seen[0] = 1;
                                            w.x.store(1, order::relaxed);
                                            w.x.store(2, order::relaxed);
                                            w.seen[0] = 0;
                                          }},
                                     {.run =
                                          [&depths](world& w) {
                                            w.x.store(3, order::relaxed);
                                            depths.insert(w.seen[0]);
                                          }}},
                        .task = [](world& w, std::size_t) { w.x.store(4, order::relaxed); }};
  CHECK(!explored(nested).finding);
  CHECK(depths == std::set<int>{0, 1});
}

TEST_CASE("softirqs stay away under bh_guard, hardirqs do not") {
  const auto counts_with = [](context level) {
    std::set<int> during;
    const scenario guarded{.tasks = one_task,
                           .handlers = {{.level = level, .run = [](world& w) { increment(w); }}},
                           .task = [&during](world& w, std::size_t) {
                             const kernel::bh_guard<policy> softirqs_off;
                             const int before = w.counter.load();
                             w.x.store(1, order::relaxed);
                             during.insert(w.counter.load() - before);
                           }};
    CHECK(!explored(guarded).finding);
    return during;
  };
  CHECK(counts_with(context::softirq) == std::set<int>{0});
  CHECK(counts_with(context::hardirq) == std::set<int>{0, 1});
}

TEST_CASE("a trylock fails exactly when what was interrupted holds it") {
  using trylock = kernel::local_trylock_guard<policy>;
  const auto the_lock = [](world& w) {
    return [&w](unsigned) -> kernel::local_trylock_t<policy>& { return w.lock; };
  };
  std::set<std::pair<int, bool>> nested;
  const scenario locking{.tasks = one_task,
                         .handlers = {{.run =
                                           [&](world& w) {
                                             const trylock guard(the_lock(w));
                                             nested.emplace(w.seen[0], guard.owns_lock());
                                           }}},
                         .task = [&](world& w, std::size_t) {
                           {
                             const trylock guard(the_lock(w));
                             if (!guard.owns_lock()) explore::fail("refused", {});
                             w.seen[0] = 1;
                             increment(w);
                           }
                           w.seen[0] = 0;
                         }};
  const explore::exploration done = explored(locking);
  CHECK_MESSAGE(!done.finding, (done.finding ? done.finding->what : ""));
  CHECK(nested.contains({0, true}));
  CHECK(nested.contains({1, false}));
  CHECK_FALSE(nested.contains({1, true}));
}

TEST_CASE("a handler interrupts what runs on its CPU and nothing else") {
  std::set<std::size_t> interrupted;
  const scenario two_cpus{.tasks = {placement{.cpu = 0}, placement{.cpu = 1}},
                          .handlers = {{.cpu = 1,
                                        .run =
                                            [&interrupted](world& w) {
                                              interrupted.insert(policy::task());
                                              w.x.fetch_add(1, order::relaxed);
                                            }}},
                          .task = [](world& w, std::size_t) { w.x.fetch_add(1, order::relaxed); }};
  CHECK(!explored(two_cpus).finding);
  CHECK(interrupted == std::set<std::size_t>{1});
}

TEST_CASE("a handler never comes into a section of another task on its CPU") {
  const auto section = [](world& w) {
    const kernel::preempt_guard<policy> preempt_off;
    w.counter.store(w.counter.load() + 1);
  };
  std::set<int> lost;
  const scenario shared{.tasks = {placement{}, placement{}},
                        .handlers = {{.run =
                                          [](world& w) {
                                            // Only on a task that is in its section would this be a
                                            // race.
                                            const kernel::preempt_guard<policy> preempt_off;
                                            w.y.fetch_add(1, order::relaxed);
                                            w.counter.store(w.counter.load() + 10);
                                          }}},
                        .task = [&](world& w, std::size_t number) {
                          if (number == 0)
                            section(w);
                          else
                            w.x.fetch_add(1, order::relaxed);
                        }};
  const explore::exploration done = explored(shared);
  CHECK_MESSAGE(!done.finding, (done.finding ? done.finding->what : ""));
}

TEST_CASE("positions that concern nobody else are not explored") {
  const scenario quiet{.tasks = one_task,
                       .handlers = {{.run = [](world& w) { w.y.fetch_add(1, order::relaxed); }}},
                       .task = [](world& w, std::size_t) {
                         for (int i = 0; i < 10; ++i) w.x.fetch_add(1, order::relaxed);
                       }};
  // It comes at the end, or not at all.
  CHECK(explored(quiet).complete == 2);
}

}  // namespace
