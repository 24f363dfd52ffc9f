// SPDX-License-Identifier: GPL-2.0-only
// Unmarked accesses of C code, by the hooks that announce them, explored.
#include "kernel_source/run/plain_accesses.hpp"

#include "explore/exploration.hpp"
#include "kernel_source/run/explored_contexts.hpp"
#include "kernel_source/run/explored_memory.hpp"
#include "model/kernel/machine.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <type_traits>
#include <utility>

namespace {

using namespace stockcheck;
using namespace stockcheck::kernel_source;
using kernel::placement;

constexpr explore_site here{"code.c", "function", 1};

struct pair {
  std::uint64_t a = 0;
  std::uint64_t b = 0;
  auto operator<=>(const pair&) const = default;
};
// The memory of the code: the same in every execution.
pair one;
pair other;
std::array<std::uint32_t, 2> small;

const sc_hook_table& hooks() { return explored_platform().hooks(); }

template <class T>
void announce_read(T& of) {
  hooks().plain_read(const_cast<std::remove_const_t<T>*>(&of), sizeof of, nullptr);
}
template <class T>
void announce_write(T& of) {
  hooks().plain_write(&of, sizeof of, nullptr);
}
template <class T>
T load(const T& from) {
  return static_cast<T>(hooks().load(&from, sizeof from, EXPLORE_RELAXED, &here));
}
template <class T>
void store(T& to, T value) {
  hooks().store(&to, sizeof to, value, EXPLORE_RELAXED, &here);
}

using action = std::function<void()>;

/// All accesses are as in data_race().
class program final : public explore::engine_program {
 public:
  explicit program(const std::array<action, 2>& tasks) : tasks_(tasks) {
    one = {};
    other = {1, 2};
    small = {};
    forget_plain_accesses();
    explored_contexts::forget();
    on_.finish_boot();
  }
  void task(std::size_t number) override {
    on_.enter();
    set_racy(true);
    tasks_.at(number)();
    perform_writes();
  }
  void settle() override { on_.quiesce(); }

 private:
  static constexpr std::array placements{placement{.cpu = 0}, placement{.cpu = 1}};

  const std::array<action, 2>& tasks_;
  kernel::machine<explored_atomics> on_{2, placements};
};

explore::exploration explored(const std::array<action, 2>& tasks) {
  const explore::code_under_test code{2, [&] { return std::make_unique<program>(tasks); }};
  return explore::explore(code, {});
}

/// What was found once memory is cut where it is accessed in pieces.
std::string finding_of(const std::array<action, 2>& tasks) {
  forget_memory_cuts();
  for (;;) {
    const explore::exploration done = explored(tasks);
    if (!done.finding) return "";
    if (!cut_memory(*done.finding)) return done.finding->what;
  }
}

TEST_CASE("a copy of a structure may be announced before what it copies is read") {
  std::set<pair> seen;
  const action copies = [&seen] {
    announce_write(one);
    announce_read(other);
    one = other;
    announce_read(one);
    seen.insert(one);
  };
  const action changes = [] { store(other.b, std::uint64_t{7}); };
  CHECK(finding_of({copies, changes}).empty());
  CHECK(seen == std::set<pair>{{1, 2}, {1, 7}});
}

TEST_CASE("nobody sees a copy before it is made") {
  const action copies = [] {
    store(one.a, std::uint64_t{5});
    announce_write(one);
    announce_read(other);
    one = other;
  };
  std::set<std::uint64_t> seen;
  const action looks = [&seen] { seen.insert(load(one.a)); };
  CHECK(finding_of({copies, looks}).empty());
  CHECK(seen == std::set<std::uint64_t>{0, 1, 5});
}

TEST_CASE("a structure may be copied onto itself") {
  std::set<pair> seen;
  const action copies = [&seen] {
    store(other.a, std::uint64_t{9});
    announce_write(other);
    announce_read(other);
    other = pair{other};
    announce_read(other);
    seen.insert(other);
  };
  CHECK(finding_of({copies, [] {}}).empty());
  CHECK(seen == std::set<pair>{{9, 2}});
}

TEST_CASE("what was written is written before the next read of something else") {
  std::set<std::pair<std::uint64_t, std::uint64_t>> seen;
  std::array<std::uint64_t, 2> read{};
  const auto task_of = [&](std::uint64_t& mine, const std::uint64_t& others, std::size_t number) {
    return [&, number] {
      announce_write(mine);
      mine = 3;
      announce_read(others);
      read.at(number) = others;
    };
  };
  const explore::exploration done = [&] {
    const std::array<action, 2> tasks{task_of(one.a, one.b, 0), task_of(one.b, one.a, 1)};
    const explore::code_under_test code{2, [&] {
                                          seen.emplace(read[0], read[1]);
                                          return std::make_unique<program>(tasks);
                                        }};
    return explore::explore(code, {.model = explore::memory_model::sc});
  }();
  seen.emplace(read[0], read[1]);
  CHECK_FALSE(done.finding);
  CHECK(seen.contains({0, 3}));
  CHECK(seen.contains({3, 3}));
}

TEST_CASE("one that reads several words has those that it read, whoever runs meanwhile") {
  std::set<pair> seen;
  const action reads = [&seen] {
    announce_read(other);
    seen.insert(other);
  };
  const action changes = [] {
    announce_write(other.a);
    other.a = 8;
    announce_read(other.a);
    announce_write(other.b);
    other.b = 9;
  };
  CHECK(finding_of({reads, changes}).empty());
  CHECK(seen == std::set<pair>{{1, 2}, {8, 2}, {1, 9}, {8, 9}});
}

TEST_CASE("an unmarked access of two neighbours is cut where others access one of them") {
  std::set<std::uint32_t> seen;
  const action clears = [] {
    hooks().plain_write(small.data(), sizeof small, nullptr);
    small = {4, 5};
  };
  const action looks = [&seen] {
    store(small[0], std::uint32_t{6});
    seen.insert(load(small[1]));
  };
  CHECK(finding_of({clears, looks}).empty());
  CHECK(seen == std::set<std::uint32_t>{0, 5});
}

TEST_CASE("a marked access of two neighbours stays a finding") {
  const action stores = [] {
    hooks().store(small.data(), sizeof small, 1, EXPLORE_RELAXED, &here);
  };
  const action looks = [] { static_cast<void>(load(small[1])); };
  CHECK(finding_of({stores, looks}).find("other pieces") != std::string::npos);
}

}  // namespace
