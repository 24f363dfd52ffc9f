// SPDX-License-Identifier: GPL-2.0-only
// Fibers: control and data pass both ways, and a fiber may be dropped in the middle.
#include "explore/fiber.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string>

namespace {

using namespace stockcheck::explore;

constexpr std::size_t stack_bytes = 64 * 1024;

/// What the fibers of one test share: who there is to switch to, and what happened.
struct stage {
  fiber main;
  std::array<fiber, 2> actors;
  std::string trace;
};

TEST_CASE("control goes to a fiber and comes back, again and again") {
  stack_pool pool{stack_bytes};
  stage play;
  const auto body = [](void* argument) {
    auto& s = *static_cast<stage*>(argument);
    for (char step = 'a';; ++step) {
      s.trace += step;
      switch_fiber(s.actors[0], s.main);
    }
  };
  create_fiber(play.actors[0], pool, body, &play);
  CHECK(play.trace.empty());
  for (int i = 0; i < 3; ++i) {
    switch_fiber(play.main, play.actors[0]);
    play.trace += '.';
  }
  CHECK(play.trace == "a.b.c.");
  drop_fiber(play.actors[0], pool);
}

TEST_CASE("fibers switch to each other without going through the thread that started them") {
  stack_pool pool{stack_bytes};
  stage play;
  const auto first = [](void* argument) {
    auto& s = *static_cast<stage*>(argument);
    for (;;) {
      s.trace += '0';
      switch_fiber(s.actors[0], s.actors[1]);
    }
  };
  const auto second = [](void* argument) {
    auto& s = *static_cast<stage*>(argument);
    for (int i = 0; i < 3; ++i) {
      s.trace += '1';
      switch_fiber(s.actors[1], s.actors[0]);
    }
    switch_fiber(s.actors[1], s.main);
  };
  create_fiber(play.actors[0], pool, first, &play);
  create_fiber(play.actors[1], pool, second, &play);
  switch_fiber(play.main, play.actors[0]);
  CHECK(play.trace == "0101010");
  for (fiber& actor : play.actors) drop_fiber(actor, pool);
}

TEST_CASE("the local variables of a fiber survive while it is suspended") {
  stack_pool pool{stack_bytes};
  stage play;
  const auto body = [](void* argument) {
    auto& s = *static_cast<stage*>(argument);
    std::array<int, 100> locals{};
    for (;;) {
      for (int& local : locals) ++local;
      s.trace = std::to_string(locals.front()) + " " + std::to_string(locals.back());
      switch_fiber(s.actors[0], s.main);
    }
  };
  create_fiber(play.actors[0], pool, body, &play);
  for (int i = 0; i < 5; ++i) switch_fiber(play.main, play.actors[0]);
  CHECK(play.trace == "5 5");
  drop_fiber(play.actors[0], pool);
}

struct counts_destruction {
  int& destroyed;
  ~counts_destruction() { ++destroyed; }
};
struct suspended_forever {
  fiber main;
  fiber actor;
  int destroyed = 0;
};

TEST_CASE("dropping a suspended fiber runs no destructor and frees its stack for the next one") {
  stack_pool pool{stack_bytes};
  suspended_forever scene;
  const auto body = [](void* argument) {
    auto& s = *static_cast<suspended_forever*>(argument);
    const counts_destruction on_the_stack{s.destroyed};
    for (;;) switch_fiber(s.actor, s.main);
  };
  create_fiber(scene.actor, pool, body, &scene);
  const void* const stack = scene.actor.stack.sp;
  switch_fiber(scene.main, scene.actor);
  drop_fiber(scene.actor, pool);
  CHECK(scene.destroyed == 0);
  CHECK(scene.actor.context == nullptr);

  create_fiber(scene.actor, pool, body, &scene);
  CHECK(scene.actor.stack.sp == stack);
  switch_fiber(scene.main, scene.actor);
  drop_fiber(scene.actor, pool);
}

TEST_CASE("a fiber that never ran can be dropped") {
  stack_pool pool{stack_bytes};
  stage play;
  const auto body = [](void*) {};
  create_fiber(play.actors[0], pool, body, &play);
  drop_fiber(play.actors[0], pool);
  CHECK(play.actors[0].context == nullptr);
}

}  // namespace
