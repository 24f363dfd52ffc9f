// SPDX-License-Identifier: GPL-2.0-only
// Memory of C code, by the hooks that its shim calls, explored.
#include "kernel_source/run/explored_memory.hpp"

#include "explore/exploration.hpp"
#include "kernel_source/run/explored_contexts.hpp"
#include "model/kernel/machine.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>

namespace {

using namespace stockcheck;
using namespace stockcheck::kernel_source;
using kernel::placement;

constexpr explore_site here{"code.c", "function", 1};

// The memory of the code: the same in every execution.
std::uint64_t pointer;
std::uint64_t other;

std::uint64_t load(const std::uint64_t& from) {
  return explored_platform().hooks().load(&from, sizeof from, EXPLORE_RELAXED, &here);
}
void store(std::uint64_t& to, std::uint64_t value) {
  explored_platform().hooks().store(&to, sizeof to, value, EXPLORE_RELAXED, &here);
}

using action = std::function<void()>;

class program final : public explore::engine_program {
 public:
  explicit program(const std::array<action, 2>& tasks) : tasks_(tasks) {
    pointer = other = 0;
    explored_contexts::forget();
    on_.finish_boot();
  }
  void task(std::size_t number) override {
    on_.enter();
    tasks_.at(number)();
  }
  void settle() override { on_.quiesce(); }

 private:
  static constexpr std::array placements{placement{.cpu = 0}, placement{.cpu = 1}};

  const std::array<action, 2>& tasks_;
  kernel::machine<explored_atomics> on_{2, placements};
};

std::string finding_of(const std::array<action, 2>& tasks) {
  const explore::code_under_test code{2, [&] { return std::make_unique<program>(tasks); }};
  const explore::exploration done = explore::explore(code, {});
  return done.finding ? done.finding->what : "";
}

TEST_CASE("code that asks again waits for another value where it read last") {
  std::set<std::uint64_t> seen;
  const action asks = [&seen] {
    static_cast<void>(load(other));
    if (load(pointer) == 0) {
      explored_platform().wait_for_change(explored_platform().last_read(), &here);
      seen.insert(load(pointer));
    }
  };
  const action changes = [] {
    store(other, 1);
    store(pointer, 2);
    store(pointer, 3);
  };
  CHECK(finding_of({asks, changes}).empty());
  CHECK(seen == std::set<std::uint64_t>{2, 3});
}

TEST_CASE("code that asks again for what nobody changes is stuck") {
  const action asks = [] {
    static_cast<void>(load(pointer));
    explored_platform().wait_for_change(explored_platform().last_read(), &here);
  };
  CHECK_FALSE(finding_of({asks, [] { store(other, 1); }}).empty());
}

TEST_CASE("what a task read last is not what another one did") {
  const action asks = [] {
    static_cast<void>(load(pointer));
    const bool is_mine = explored_platform().last_read().address == &pointer;
    explored_platform().expect(is_mine, oracle::scenario, "another task's read", {}, &here);
  };
  CHECK(finding_of({asks, [] { static_cast<void>(load(other)); }}).empty());
}

}  // namespace
