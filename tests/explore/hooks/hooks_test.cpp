// SPDX-License-Identifier: GPL-2.0-only
// Code in C is explored through addresses.
#include "explore/hooks.h"

#include "c_program.h"
#include "explore/exploration.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <new>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace stockcheck::explore;

namespace {

constexpr explore_site here{__FILE__, "hooks_test", __LINE__};

/// A program of functions on a shared object, which lives as long as an execution.
template <class Shared>
struct program_of final : engine_program {
  using action = std::function<void(Shared&)>;

  program_of(const action& begin, const std::vector<action>& tasks, const action& end)
      : tasks_(tasks),
        end_(end),
        shared_(*::new(explore_alloc(sizeof(Shared), alignof(Shared), true, &here)) Shared()) {
    begin(shared_);
  }
  ~program_of() override { explore_free(&shared_, &here); }
  void task(std::size_t number) override { tasks_[number](shared_); }
  void settle() override { end_(shared_); }

 private:
  const std::vector<action>& tasks_;
  const action& end_;
  Shared& shared_;
};

template <class Shared>
exploration explore_c(
    const std::function<void(Shared&)>& begin,
    const std::vector<std::function<void(Shared&)>>& tasks,
    const std::function<void(Shared&)>& end = [](Shared&) {}, const settings& how = {}) {
  const code_under_test code{
      tasks.size(), [&] { return std::make_unique<program_of<Shared>>(begin, tasks, end); }};
  return explore(code, how);
}

finding_kind kind_of(const exploration& done) {
  REQUIRE(done.finding);
  return done.finding->kind;
}

}  // namespace

TEST_CASE("charges in C against a limit keep to it in every execution") {
  std::set<std::pair<int, long>> outcomes;
  struct limited {
    counter pages{};
    std::array<int, 3> charged{};
  };
  std::vector<std::function<void(limited&)>> tasks;
  for (std::size_t t = 0; t < 3; ++t)
    tasks.emplace_back([t](limited& s) { s.charged[t] = counter_try_charge(&s.pages, 1); });
  const auto begin = [](limited& s) { counter_init(&s.pages, 1); };
  const auto end = [&](limited& s) {
    outcomes.emplace(s.charged[0] + s.charged[1] + s.charged[2], counter_usage(&s.pages));
  };
  settings how;
  how.model = memory_model::sc;
  const exploration done = explore_c<limited>(begin, tasks, end, how);
  CHECK(!done.finding);
  CHECK(done.is_proof(how));
  // Whoever adds first stays below the limit of one page; the others never do.
  CHECK(outcomes == std::set<std::pair<int, long>>{{1, 1}});
}

TEST_CASE("an atomic and a plain access to one address race, and both are named") {
  const exploration done = explore_c<counter>(
      [](counter& c) { counter_init(&c, 10); },
      {[](counter& c) { counter_try_charge(&c, 1); }, [](counter& c) { counter_set_max(&c, 5); }});
  CHECK(kind_of(done) == finding_kind::data_race);
  REQUIRE(done.counterexample);
  std::set<std::string> functions;
  for (const event_id id : done.finding->events)
    functions.insert(done.counterexample->recording.site_of(id).function);
  CHECK(functions == std::set<std::string>{"counter_try_charge", "counter_set_max"});
}

TEST_CASE("atomic and plain accesses to one address may be mixed where they are ordered") {
  const exploration done =
      explore_c<message>([](message&) {},
                         {[](message& m) { message_send(&m, 1); },
                          [](message& m) {
                            if (message_receive(&m) != 42) explore_fail("lost", &here);
                            explore_store(&m.data, sizeof m.data, 43, EXPLORE_RELAXED, &here);
                          }},
                         [](message& m) {
                           // The latest values are in memory again.
                           if (m.data != 43 || m.ready != 1) explore_fail("not in memory", &here);
                         });
  CHECK(!done.finding);
  CHECK(done.complete == 1);
}

TEST_CASE("a message that nothing releases is a data race") {
  const exploration done = explore_c<message>(
      [](message&) {}, {[](message& m) { message_send(&m, 0); },
                        [](message& m) { static_cast<void>(message_receive(&m)); }});
  CHECK(kind_of(done) == finding_kind::data_race);
}

TEST_CASE("memory that a task allocates is zero only if it was asked for") {
  const auto reads = [](int* (*make)()) {
    return explore_c<int>([](int&) {}, {[make](int&) {
                            int* const number = make();
                            if (explore_plain_read(number, sizeof *number, &here) != 0)
                              explore_fail("not zero", &here);
                            explore_free(number, &here);
                          }});
  };
  CHECK(!reads(zeroed_number).finding);
  CHECK(kind_of(reads(uninitialised_number)) == finding_kind::uninitialised_read);
}

TEST_CASE("memory that is freed twice, used afterwards, or never freed is a finding") {
  const auto with = [](auto use) {
    return explore_c<int>([](int&) {}, {[use](int&) { use(zeroed_number()); }});
  };
  CHECK(kind_of(with([](int* n) {
          explore_free(n, &here);
          explore_free(n, &here);
        })) == finding_kind::double_free);
  CHECK(kind_of(with([](int* n) {
          explore_free(n, &here);
          explore_plain_write(n, sizeof *n, 1, &here);
        })) == finding_kind::use_after_free);
  CHECK(kind_of(with([](int*) {})) == finding_kind::leak);
  CHECK(kind_of(with([](int* n) { explore_free(n + 1, &here); })) == finding_kind::misuse);
}

TEST_CASE("accesses of different widths to one address are reported") {
  const auto after_a_word = [](auto access) {
    return explore_c<std::uint64_t>([](std::uint64_t&) {}, {[access](std::uint64_t& word) {
                                      explore_store(&word, 8, 1, EXPLORE_RELAXED, &here);
                                      access(reinterpret_cast<char*>(&word));
                                    }});
  };
  const exploration half =
      after_a_word([](char* word) { explore_load(word + 4, 4, EXPLORE_RELAXED, &here); });
  CHECK(kind_of(half) == finding_kind::mixed_widths);
  CHECK(half.finding->at.line == here.line);
  CHECK(half.finding->what.find("4 bytes") != std::string::npos);
  CHECK(kind_of(after_a_word([](char* word) {
          explore_load(word + 1, 2, EXPLORE_RELAXED, &here);
        })) == finding_kind::mixed_widths);
  CHECK(!after_a_word([](char* word) { explore_load(word, 8, EXPLORE_RELAXED, &here); }).finding);
}

TEST_CASE("neighbours within a word are locations of their own") {
  struct flags {
    alignas(8) std::array<std::uint8_t, 2> byte{};
  };
  const exploration done = explore_c<flags>(
      [](flags&) {},
      {[](flags& f) { explore_rmw(&f.byte[0], 1, EXPLORE_FETCH_SUB, 1, EXPLORE_RELAXED, &here); },
       [](flags& f) { explore_rmw(&f.byte[1], 1, EXPLORE_FETCH_OR, 6, EXPLORE_RELAXED, &here); }},
      [](flags& f) {
        if (f.byte[0] != 255 || f.byte[1] != 6) explore_fail("values", &here);
      });
  CHECK(!done.finding);
  CHECK(done.complete == 1);
}

TEST_CASE("mutexes, choices, compare-exchange and fences work by address") {
  struct shared {
    int mutex = 0;
    int value = 0;
    long flag = 0;
  };
  const auto add = [](shared& s) {
    explore_lock(&s.mutex, &here);
    const std::uint64_t before = explore_plain_read(&s.value, sizeof s.value, &here);
    explore_plain_write(&s.value, sizeof s.value, before + explore_choose(2, &here), &here);
    explore_unlock(&s.mutex, &here);
    explore_fence(EXPLORE_FULL, &here);
    std::uint64_t expected = 0;
    explore_cas(&s.flag, sizeof s.flag, &expected, 1, EXPLORE_FULL, EXPLORE_RELAXED, &here);
  };
  std::set<int> values;
  const exploration done = explore_c<shared>([](shared&) {}, {add, add},
                                             [&](shared& s) {
                                               values.insert(s.value);
                                               if (s.mutex != 0 || s.flag != 1)
                                                 explore_fail("values", &here);
                                               if (!explore_try_lock(&s.mutex, &here))
                                                 explore_fail("held", &here);
                                             });
  CHECK_MESSAGE(!done.finding, (done.finding ? done.finding->what : ""));
  CHECK(values == std::set<int>{0, 1, 2});
}
