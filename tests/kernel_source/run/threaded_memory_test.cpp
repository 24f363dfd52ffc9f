// SPDX-License-Identifier: GPL-2.0-only
// Memory and contexts of C code on real threads, by the hooks that its shim calls.
#include "kernel_source/run/threaded_memory.hpp"

#include "kernel_source/run/threaded_blocks.hpp"
#include "kernel_source/run/threaded_contexts.hpp"
#include "kernel_source/run/unsupported.hpp"
#include "model/atomics/std_atomics.hpp"
#include "model/kernel/machine.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <functional>
#include <new>
#include <string>
#include <thread>

namespace {

using namespace stockcheck;
using namespace stockcheck::kernel_source;
using kernel::placement;

constexpr explore_site here{"code.c", "function", 7};

const sc_hook_table& hooks() { return threaded_platform().hooks(); }
const sc_context_hooks& contexts() { return *hooks().contexts; }

/// A machine of two CPUs that the calling thread runs on.
class two_cpus {
 public:
  two_cpus() { on_.enter(); }
  kernel::machine<std_atomics>& machine() { return on_; }

 private:
  static constexpr std::array placements{placement{.cpu = 0}, placement{.cpu = 1}};
  kernel::machine<std_atomics> on_{2, placements};
};

/// What a call of code comes to: the finding, what it lacks, or nothing.
std::string ends_with(const std::function<void()>& code) {
  try {
    const kernel_call running(threaded_platform());
    code();
  } catch (const violation& found) {
    return std::string(name_of(found.failed().kind)) + ": " + found.what();
  } catch (const absent& lacking) {
    return std::string("no ") + lacking.what();
  } catch (const unsupported& why) {
    return std::string("not checked: ") + why.what();
  }
  return "";
}

TEST_CASE("numbers of every size are read and written from outside") {
  const auto try_out = [](auto number) {
    using type = decltype(number);
    const std::size_t size = sizeof number;
    const auto all_ones = static_cast<type>(-1);
    hooks().store(&number, size, 5, EXPLORE_RELEASE, &here);
    CHECK(hooks().load(&number, size, EXPLORE_ACQUIRE, &here) == 5);
    CHECK(hooks().rmw(&number, size, EXPLORE_FETCH_SUB, 6, EXPLORE_FULL, &here) == 5);
    CHECK(number == all_ones);
    CHECK(hooks().rmw(&number, size, EXPLORE_EXCHANGE, 6, EXPLORE_RELAXED, &here) == all_ones);
    CHECK(hooks().rmw(&number, size, EXPLORE_FETCH_OR, 1, EXPLORE_FULL, &here) == 6);
    CHECK(hooks().rmw(&number, size, EXPLORE_FETCH_AND, 5, EXPLORE_FULL, &here) == 7);
    CHECK(hooks().rmw(&number, size, EXPLORE_FETCH_XOR, 4, EXPLORE_FULL, &here) == 5);
    CHECK(hooks().rmw(&number, size, EXPLORE_FETCH_ADD, 1, EXPLORE_FULL, &here) == 1);
    std::uint64_t seen = 1;
    CHECK_FALSE(hooks().cas(&number, size, &seen, 9, EXPLORE_FULL, &here));
    CHECK(seen == 2);
    CHECK(hooks().cas(&number, size, &seen, 9, EXPLORE_FULL, &here));
    CHECK(number == 9);
  };
  try_out(std::uint8_t{});
  try_out(std::uint16_t{});
  try_out(std::uint32_t{});
  try_out(std::uint64_t{});
}

TEST_CASE("a warning is a finding when the code returns, and the first one counts") {
  const two_cpus on;
  std::string text = "page_counter underflow: -1";
  bool went_on = false;
  CHECK(ends_with([&] {
          hooks().warn(text.c_str(), "new < 0", &here);
          text = "the memory of the text is used again";
          hooks().warn("another one", "true", &here);
          went_on = true;
        }) == "underflow: page_counter underflow: -1");
  CHECK(went_on);
  CHECK(ends_with([] { hooks().warn("WARN_ON(x)", "x", &here); }) == "scenario: WARN_ON(x)");
  CHECK(ends_with([] {}).empty());
}

TEST_CASE("what a warning is about is its condition, whatever its words") {
  const two_cpus on;
  CHECK(ends_with([] { hooks().warn("went negative", "unlikely(new < 0)", &here); }) ==
        "underflow: went negative");
  CHECK(ends_with([] { hooks().warn("an underflow", "x", &here); }) == "scenario: an underflow");
}

TEST_CASE("what goes wrong first counts, also before something that is lacking") {
  const two_cpus on;
  const auto warn = [] { hooks().warn("WARN_ON(x)", "x", &here); };
  const auto ask = [] { hooks().unsupported("the shim has no schedule_work()", &here); };
  CHECK(ends_with([&] {
          warn();
          ask();
        }) == "scenario: WARN_ON(x)");
  CHECK(ends_with([&] {
          ask();
          warn();
        }) == "not checked: the shim has no schedule_work()");
}

TEST_CASE("what the code lacks is no verdict about it") {
  const two_cpus on;
  CHECK(ends_with([] { hooks().unsupported("the shim has no memparse()", &here); }) ==
        "not checked: the shim has no memparse()");
  CHECK(ends_with([] { contexts().rcu_reader(true, &here); }) ==
        "not checked: its code asks for CPUs or RCU, of which the scenario has none");
  CHECK_THROWS_AS(hooks().unsupported("it does not compile", nullptr), unsupported);
}

TEST_CASE("what a scenario asks for and the code does not have ends it at once") {
  const two_cpus on;
  CHECK_THROWS_AS(hooks().absent("page_counter_alloc_stock()"), absent);
  CHECK(ends_with([] {
          threaded_platform().call_scenario(
              [](void*) {
                hooks().absent("refill_stock()");
                FAIL("it goes on");
              },
              nullptr);
        }) == "no refill_stock()");
}

TEST_CASE("what the code begins it ends, and nothing else") {
  two_cpus on;
  CHECK(ends_with([] { contexts().preempt_off(false, &here); }) ==
        std::string("scenario: ") + no_section);
  static unsigned word = 0;
  CHECK(ends_with([] {
          contexts().irqs_off(true, &here);
          contexts().migration_off(true, &here);
          contexts().lock(&word, &here);
        }) == std::string("scenario: ") + left_in_section);
  // Nobody else waits for it.
  CHECK(word == 0);
  CHECK(threaded_contexts::open() == open_contexts{});
  CHECK(on.machine().self().interrupts.irqs_off == 0);
  CHECK(ends_with([] { contexts().unlock(&word, &here); }).starts_with("progress: "));
  CHECK(ends_with([] {
          contexts().preempt_off(true, &here);
          contexts().preempt_off(true, &here);
          CHECK(contexts().try_lock(&word, &here));
          CHECK_FALSE(contexts().try_lock(&word, &here));
          contexts().unlock(&word, &here);
          contexts().preempt_off(false, &here);
          contexts().preempt_off(false, &here);
        }).empty());
}

TEST_CASE("a handler ends what it began itself, and not what the task is in") {
  two_cpus on;
  static unsigned word = 0;
  CHECK(ends_with([] {
          contexts().preempt_off(true, &here);
          contexts().lock(&word, &here);
          CHECK(ends_with([] { contexts().preempt_off(true, &here); }) ==
                std::string("scenario: ") + left_in_section);
          CHECK(word == 1);
          contexts().unlock(&word, &here);
          contexts().preempt_off(false, &here);
        }).empty());
}

TEST_CASE("sections nest as deep as the code likes") {
  two_cpus on;
  CHECK(ends_with([&] {
          for (int i = 0; i < 20; ++i) contexts().irqs_off(true, &here);
          for (int i = 0; i < 19; ++i) contexts().irqs_off(false, &here);
          CHECK(on.machine().self().interrupts.irqs_off == 1);
          contexts().irqs_off(false, &here);
        }).empty());
  CHECK(on.machine().self().interrupts.irqs_off == 0);
}

TEST_CASE("what is expected in a call is thrown when it returns, and otherwise at once") {
  const two_cpus on;
  const auto fail = [] {
    threaded_platform().expect(false, oracle::references, "broken", {{"a", 1}}, &here);
  };
  bool went_on = false;
  CHECK(ends_with([&] {
          fail();
          went_on = true;
        }) == "references: broken");
  CHECK(went_on);
  CHECK_THROWS_AS(fail(), violation);
  threaded_platform().expect(true, oracle::references, "holds", {}, &here);
}

TEST_CASE("what the scenario throws in the middle of a call is thrown when it returns") {
  const two_cpus on;
  const auto in_call = [](void (*of_scenario)(void*)) {
    bool went_on = false;
    const std::string end = ends_with([&] {
      threaded_platform().call_scenario(of_scenario, nullptr);
      went_on = true;
    });
    CHECK(went_on);
    return end;
  };
  CHECK(in_call([](void*) { std_atomics::expect(false, oracle::progress, "again and again"); }) ==
        "progress: again and again");
  CHECK(in_call([](void*) { throw unsupported("sleep()"); }) == "not checked: sleep()");
  CHECK_THROWS_AS(in_call([](void*) { throw std::bad_alloc(); }), std::bad_alloc);
  CHECK(in_call([](void*) {}).empty());
}

TEST_CASE("a lock keeps other threads out") {
  two_cpus on;
  static unsigned word = 0;
  constexpr int times = 20000;
  long shared = 0;
  const auto adds = [&](unsigned task) {
    std_atomics::current().number = task;
    on.machine().enter();
    for (int i = 0; i < times; ++i) {
      contexts().lock(&word, &here);
      shared = shared + 1;
      contexts().unlock(&word, &here);
    }
  };
  on.machine().finish_boot();
  {
    const std::jthread other(adds, 1U);
    adds(0);
  }
  CHECK(shared == 2 * times);
}

TEST_CASE("memory is given back once, and nonsense afterwards") {
  const two_cpus on;
  threaded_blocks().clear();
  auto* const bytes = static_cast<unsigned char*>(hooks().alloc(100, 64, true, &here));
  CHECK(reinterpret_cast<std::uintptr_t>(bytes) % 64 == 0);
  CHECK(bytes[99] == 0);
  bytes[98] = 7;
  CHECK(threaded_platform().remains_of(bytes + 98) == bytes + 98);
  CHECK(ends_with([&] { hooks().free(bytes, &here); }).empty());
  CHECK(bytes[99] != 0);
  // What it held can still be looked at.
  CHECK(*static_cast<const unsigned char*>(threaded_platform().remains_of(bytes + 98)) == 7);
  CHECK(threaded_platform().remains_of(bytes + 100) == bytes + 100);
  CHECK(ends_with([&] { hooks().free(bytes, &here); }).starts_with("memory: "));
  CHECK(ends_with([] { hooks().free(nullptr, &here); }).empty());
  threaded_blocks().clear();
}

/// What the end of the round says.
std::string round_ends_with() {
  try {
    end_threaded_execution();
  } catch (const violation& found) {
    return found.what();
  }
  return "";
}

TEST_CASE("at the end of a round memory is missed that was never freed") {
  const two_cpus on;
  threaded_blocks().clear();
  void* const memory = hooks().alloc(100, 8, true, &here);
  CHECK(round_ends_with() == "leak: memory was never freed");
  CHECK(ends_with([&] { hooks().free(memory, &here); }).empty());
  CHECK(round_ends_with().empty());
  threaded_blocks().clear();
}

TEST_CASE("what a destructor frees twice is said at the end of the round") {
  const two_cpus on;
  threaded_blocks().clear();
  void* const memory = hooks().alloc(100, 8, true, &here);
  hooks().free(memory, &here);
  hooks().free(memory, &here);
  CHECK(round_ends_with() == "memory is freed that is not allocated");
  CHECK(round_ends_with().empty());
  threaded_blocks().clear();
}

}  // namespace
