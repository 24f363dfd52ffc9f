// SPDX-License-Identifier: GPL-2.0-only
// Memory of the code under test: uses of what is not alive, frees of what is not, and leaks.
#include "tests/explore/exploration_of.hpp"

#include <doctest/doctest.h>

#include <new>

namespace {

using namespace stockcheck::explore;
using namespace stockcheck::explore::tests;
using enum memory_order;

/// An object behind a pointer that is kept in a cell.
cell* make_object(value what, here at = here::current()) {
  return new (allocate(sizeof(cell), alignof(cell), at)) cell(what);
}
void free_memory(void* memory, here at = here::current()) {
  stockcheck::explore::release(memory, at);
}
value number_of(const cell* object) { return reinterpret_cast<value>(object); }
cell* object_of(value number) { return reinterpret_cast<cell*>(number); }
/// Alone, at the end: frees what x points to.
void free_object(shared& s) { free_memory(object_of(s.x.load(relaxed))); }

task_code publish(memory_order order) {
  return [order](shared& s) { s.x.store(number_of(make_object(5)), order); };
}
task_code read_object(memory_order pointer, memory_order access) {
  return [=](shared& s) {
    if (const value object = s.x.load(pointer); object != 0)
      s.r[0] = object_of(object)->load(access);
  };
}

TEST_CASE("an object is read once it was published by release and acquire") {
  const litmus test{.tasks = {publish(release), read_object(acquire, plain)},
                    .settle = free_object};
  const observed seen = run(test);
  CHECK(finding_of(seen) == "nothing");
  CHECK(seen.result.complete == 2);
  CHECK(seen.executions_with({5}) == 1);
}

TEST_CASE("an object that is published relaxed is reported where it is read") {
  for (const auto access : {plain, relaxed})
    for (const auto& [store, load] : {std::pair{relaxed, acquire}, std::pair{release, relaxed}})
      CHECK(finding_of(litmus{.tasks = {publish(store), read_object(load, access)},
                              .settle = free_object}) == "unpublished memory");
}

TEST_CASE("a write of the publisher that is not ordered before the reader is a race") {
  const litmus test{.tasks = {[](shared& s) {
                                cell* const object = make_object(5);
                                s.x.store(number_of(object), release);
                                object->store(6, plain);
                              },
                              read_object(acquire, plain)},
                    .settle = free_object};
  CHECK(finding_of(test) == "data race");
}

/// Frees the object when the reader says that it is done, or at once.
litmus reader_and_freer(bool waits, memory_order done = release, memory_order seen_done = acquire) {
  return {.tasks = {[=](shared& s) {
                      const value object = number_of(make_object(5));
                      s.x.store(object, release);
                      if (waits && s.y.load(seen_done) == 0) return;
                      free_memory(object_of(object));
                      s.z.store(1, relaxed);
                    },
                    [=](shared& s) {
                      const value object = s.x.load(acquire);
                      if (object == 0) return;
                      s.r[0] = object_of(object)->load(relaxed);
                      s.y.store(1, done);
                    }},
          .settle = [](shared& s) {
            if (s.z.load(relaxed) == 0) free_object(s);
          }};
}

TEST_CASE("an object is freed when its reader has said that it is done") {
  const observed seen = run(reader_and_freer(true));
  CHECK(finding_of(seen) == "nothing");
  CHECK(seen.result.complete == 3);
}

TEST_CASE("an object that is freed too early is used after it was freed") {
  CHECK(finding_of(reader_and_freer(false)) == "use after free");
  CHECK(finding_of(reader_and_freer(true, relaxed, acquire)) == "use after free");
  CHECK(finding_of(reader_and_freer(true, release, relaxed)) == "use after free");
}

TEST_CASE("an object is freed once") {
  const auto free_it = [](shared& s) { free_memory(object_of(s.x.load(relaxed))); };
  const task_code set_up = [](shared& s) { s.x.store(number_of(make_object(1)), relaxed); };
  CHECK(finding_of(litmus{.tasks = {free_it}, .set_up = set_up}) == "nothing");
  CHECK(finding_of(litmus{.tasks = {free_it, free_it}, .set_up = set_up}) == "double free");
  CHECK(finding_of(litmus{.tasks = {free_it}, .settle = free_object, .set_up = set_up}) ==
        "double free");
  const litmus one_of_two{.tasks = {[&](shared& s) {
                                      if (s.y.exchange(1, acq_rel) == 0) free_it(s);
                                    },
                                    [&](shared& s) {
                                      if (s.y.exchange(1, acq_rel) == 0) free_it(s);
                                    }},
                          .set_up = set_up};
  CHECK(finding_of(one_of_two) == "nothing");
}

TEST_CASE("what settles does not use what the tasks freed") {
  const litmus test{
      .tasks = {[](shared& s) { free_memory(object_of(s.x.load(relaxed))); }},
      .settle = [](shared& s) { s.r[0] = object_of(s.x.load(relaxed))->load(relaxed); },
      .set_up = [](shared& s) { s.x.store(number_of(make_object(1)), relaxed); }};
  CHECK(finding_of(test) == "use after free");
}

TEST_CASE("what nobody frees has leaked, and the finding says where it was allocated") {
  unsigned line = 0;
  const litmus in_task{.tasks = {[&](shared& s) {
                         line = here::current().line() + 1;
                         s.x.store(number_of(make_object(1)), relaxed);
                       }}};
  const observed seen = run(in_task);
  REQUIRE(finding_of(seen) == "leak");
  CHECK(seen.result.finding->at.line == line);
  const litmus in_set_up{.tasks = {[](shared&) {}}, .set_up = [](shared& s) {
                           s.x.store(number_of(make_object(1)), relaxed);
                         }};
  CHECK(finding_of(in_set_up) == "leak");
  // In the second execution only.
  const litmus sometimes{.tasks = {[](shared& s) { s.x.store(1, relaxed); },
                                   [](shared& s) {
                                     if (s.x.load(relaxed) == 0)
                                       s.y.store(number_of(make_object(1)), relaxed);
                                   }}};
  CHECK(finding_of(sometimes) == "leak");
}

TEST_CASE("what a destructor frees has not leaked") {
  const litmus test{.tasks = {publish(release), read_object(acquire, relaxed)},
                    .tear_down = free_object};
  const observed seen = run(test);
  CHECK(finding_of(seen) == "nothing");
  CHECK(seen.result.complete == 2);
}

TEST_CASE("only what was allocated is freed, and nothing is nothing") {
  CHECK(finding_of(litmus{.tasks = {[](shared&) { free_memory(nullptr); }}}) == "nothing");
  CHECK(finding_of(litmus{.tasks = {[](shared& s) { free_memory(&s); }}}) == "misuse");
  const litmus inside{.tasks = {[](shared&) {
                        free_memory(static_cast<char*>(allocate(16, 8, here::current())) + 8);
                      }}};
  CHECK(finding_of(inside) == "misuse");
}

TEST_CASE("a task's memory has the same addresses in every execution, and is used up some time") {
  std::set<value> addresses;
  const litmus test{.tasks = {[&](shared& s) {
                                const value object = number_of(make_object(1));
                                addresses.insert(object);
                                s.x.store(1, relaxed);
                                free_memory(object_of(object));
                              },
                              [](shared& s) { s.x.store(2, relaxed); }}};
  CHECK(run(test).result.complete == 2);
  CHECK(addresses.size() == 1);
  const litmus greedy{.tasks = {[](shared&) {
                        while (allocate(std::size_t{64} * 1024, 8, here::current()) != nullptr) {
                        }
                      }}};
  CHECK(finding_of(greedy) == "exception");
}

}  // namespace
