// SPDX-License-Identifier: GPL-2.0-only
// Data races of plain accesses, and the synchronisation that prevents them. The numbers of
// executions: the flag is seen or not, and so on; a branch that is not taken has no events.
#include "tests/explore/exploration_of.hpp"

#include <doctest/doctest.h>

namespace {

using namespace stockcheck::explore;
using namespace stockcheck::explore::tests;
using enum memory_order;

void check_clean(const litmus& test, std::uint64_t executions, here at = here::current()) {
  INFO(std::string(at.file_name()), ":", at.line());
  for (const memory_model model : all_models) {
    const observed seen = run(test, model);
    CHECK(finding_of(seen) == "nothing");
    CHECK(seen.proof);
    CHECK(seen.result.complete == executions);
    CHECK(seen.result.blocked == 0);
  }
}
/// Races are those of C++ under every model.
void check_race(const litmus& test, here at = here::current()) {
  INFO(std::string(at.file_name()), ":", at.line());
  for (const memory_model model : all_models) CHECK(finding_of(run(test, model)) == "data race");
}

task_code write_message(memory_order order) {
  return [order](shared& s) {
    s.x.store(1, plain);
    s.y.store(1, order);
  };
}
task_code read_message(memory_order order) {
  return [order](shared& s) {
    if (s.y.load(order) == 1) s.r[0] = s.x.load(plain);
  };
}

TEST_CASE("a message behind a flag is read without a race if the flag synchronises") {
  check_clean({.tasks = {write_message(release), read_message(acquire)}}, 2);
  check_race({.tasks = {write_message(relaxed), read_message(acquire)}});
  check_race({.tasks = {write_message(release), read_message(relaxed)}});
  check_race({.tasks = {write_message(relaxed), read_message(relaxed)}});
}

TEST_CASE("the reader may be the first task") {
  const litmus test{.tasks = {read_message(acquire), write_message(release)}};
  check_clean(test, 2);
  CHECK(run(test).executions_with({1}) == 1);
}

TEST_CASE("a message is read without a race if fences synchronise") {
  const auto test = [](memory_order writer, memory_order reader) {
    return litmus{.tasks = {[=](shared& s) {
                              s.x.store(1, plain);
                              barrier(writer);
                              s.y.store(1, relaxed);
                            },
                            [=](shared& s) {
                              if (s.y.load(relaxed) == 0) return;
                              barrier(reader);
                              s.r[0] = s.x.load(plain);
                            }}};
  };
  check_clean(test(release, acquire), 2);
  check_clean(test(full, full), 2);
  check_race(test(acquire, acquire));
  check_race(test(release, release));
}

TEST_CASE("a full update synchronises, a failed one does not") {
  const auto test = [](value expected) {
    return litmus{.tasks = {[](shared& s) {
                              s.x.store(1, plain);
                              s.y.exchange(1, full);
                            },
                            [=](shared& s) {
                              value seen = expected;
                              s.y.compare_exchange(seen, 2, full);
                              if (seen == 1) s.r[0] = s.x.load(plain);
                            }}};
  };
  check_clean(test(1), 2);
  check_race(test(5));
}

TEST_CASE("a message is overwritten when its reader has acknowledged it") {
  const auto test = [](memory_order acknowledge, memory_order acknowledged) {
    return litmus{.tasks = {[=](shared& s) {
                              s.x.store(1, plain);
                              s.y.store(1, release);
                              if (s.z.load(acknowledged) == 1) s.x.store(2, plain);
                            },
                            [=](shared& s) {
                              if (s.y.load(acquire) == 0) return;
                              s.r[0] = s.x.load(plain);
                              s.z.store(1, acknowledge);
                            }}};
  };
  check_clean(test(release, acquire), 3);
  CHECK(run(test(release, acquire)).executions_with({2}) == 0);
  check_race(test(relaxed, acquire));
  check_race(test(release, relaxed));
}

TEST_CASE("a release sequence carries a message through an update, not through a store") {
  const auto test = [](const task_code& between) {
    return litmus{.tasks = {write_message(release), between, [](shared& s) {
                              if (s.y.load(acquire) == 2) s.r[0] = s.x.load(plain);
                            }}};
  };
  // Two orders of the flag's writes, and three that the reader may see.
  check_clean(test([](shared& s) { s.y.fetch_add(1, relaxed); }), 6);
  check_race(test([](shared& s) { s.y.store(2, relaxed); }));
}

TEST_CASE("a mutex orders plain accesses, and two mutexes do not") {
  const auto increment = [](mutex shared::* lock) {
    return [lock](shared& s) {
      (s.*lock).lock();
      s.x.store(s.x.load(plain) + 1, plain);
      (s.*lock).unlock();
    };
  };
  check_clean({.tasks = {increment(&shared::m), increment(&shared::m), increment(&shared::m)}}, 6);
  check_race({.tasks = {increment(&shared::m), increment(&shared::n)}});
}

TEST_CASE("an atomic access races with a plain one, unless it is exempt or both only read") {
  const auto test = [](memory_order first, memory_order second, bool second_writes) {
    return litmus{.tasks = {[=](shared& s) { s.x.store(1, first); },
                            [=](shared& s) {
                              if (second_writes)
                                s.x.store(2, second);
                              else
                                s.r[0] = s.x.load(second);
                            }}};
  };
  check_race(test(plain, relaxed, false));
  check_race(test(relaxed, plain, false));
  check_race(test(seq_cst, plain, true));
  check_clean(test(plain, racy, false), 2);
  check_clean(test(racy, plain, true), 2);
  check_clean(test(relaxed, relaxed, true), 2);
  const auto read = [](shared& s) { s.r[0] = s.x.load(plain); };
  check_clean({.tasks = {read, read, read}}, 1);
}

TEST_CASE("what is set up happens before all tasks, and they before what settles") {
  const litmus test{.tasks = {[](shared& s) { s.r[0] = s.x.load(plain); },
                              [](shared& s) { s.y.store(s.x.load(plain), plain); }},
                    .settle = [](shared& s) { s.r[1] = s.y.load(plain); },
                    .set_up = [](shared& s) { s.x.store(7, plain); }};
  check_clean(test, 1);
  CHECK(run(test).executions_with({7, 7}) == 1);
}

/// Notes the line of an access.
here noted(unsigned& line, here at = here::current()) {
  line = at.line();
  return at;
}

TEST_CASE("a race names both accesses with their lines") {
  unsigned write_line = 0;
  unsigned read_line = 0;
  const litmus test{.tasks = {[&](shared& s) {
                                s.y.store(1, relaxed);
                                s.x.store(1, plain, noted(write_line));
                              },
                              [&](shared& s) { s.r[0] = s.x.load(plain, noted(read_line)); }}};
  const observed seen = run(test);
  REQUIRE(seen.result.finding);
  REQUIRE(seen.result.finding->events.size() == 2);
  const auto& shown = seen.result.counterexample;
  REQUIRE(shown);
  std::set<unsigned> lines;
  for (const event_id id : seen.result.finding->events)
    lines.insert(shown->recording.site_of(id).line);
  CHECK(lines == std::set{write_line, read_line});
  CHECK(std::string(seen.result.finding->at.file).ends_with("data_race_test.cpp"));
}

TEST_CASE("memory that the engine does not see has what was written before, in every execution") {
  // A message in the program's own memory, handed back and forth; each task checks what it reads.
  value message = 0;
  const litmus test{.tasks = {[&](shared& s) {
                                if (s.y.load(acquire) == 0) return;
                                s.r[0] = message;
                                message = 2;
                                s.z.store(1, release);
                              },
                              [&](shared& s) {
                                message = 1;
                                s.y.store(1, release);
                                if (s.z.load(acquire) == 0) return;
                                s.r[1] = message;
                                message = 3;
                                s.w.store(1, release);
                              },
                              [&](shared& s) {
                                if (s.w.load(acquire) == 1) s.r[2] = message;
                              }}};
  const observed seen = run(test);
  CHECK(seen.result.complete == 4);
  CHECK(seen.outcome_set() == std::set<outcome>{{0, 0, 0}, {1, 0, 0}, {1, 2, 0}, {1, 2, 3}});
}

}  // namespace
