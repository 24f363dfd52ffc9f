// SPDX-License-Identifier: GPL-2.0-only
// Contexts of C code, by the hooks that its shim calls, explored.
#include "kernel_source/run/explored_contexts.hpp"

#include "explore/exploration.hpp"
#include "kernel_source/run/explored_memory.hpp"
#include "kernel_source/run/kernel_cpus.hpp"

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

const sc_context_hooks& contexts() { return explored_contexts::hooks(); }

// The memory of the code: the same in every execution.
std::uint64_t word;
std::uint64_t payload;
unsigned lock;

std::uint64_t load(const std::uint64_t& from, explore_order order) {
  return explored_platform().hooks().load(&from, sizeof from, order, &here);
}
void store(std::uint64_t& to, std::uint64_t value, explore_order order) {
  explored_platform().hooks().store(&to, sizeof to, value, order, &here);
}

using action = std::function<void()>;

class program final : public explore::engine_program {
 public:
  program(const std::array<action, 2>& tasks, const action& handler, const action& settled)
      : tasks_(tasks), handler_(handler), settled_(settled) {
    word = payload = lock = 0;
    explored_contexts::forget();
    if (handler_)
      on_.add_interrupt(
          {.run = [](void* self) { static_cast<program*>(self)->handler_(); }, .argument = this});
    on_.finish_boot();
  }
  void task(std::size_t number) override {
    on_.enter();
    tasks_.at(number)();
    on_.interrupt_point([] { return true; });
  }
  void settle() override {
    on_.quiesce();
    if (settled_) settled_();
  }

 private:
  static constexpr std::array placements{placement{.cpu = 0}, placement{.cpu = 1}};

  /// The machine is entered before the rest is made.
  struct entered : kernel::machine<explored_atomics> {
    entered() : machine(2, placements) { enter(); }
  };

  const std::array<action, 2>& tasks_;
  const action& handler_;
  const action& settled_;
  entered on_;
  kernel::cpu_mask<explored_atomics> online_{2};
  kernel_cpus<explored_atomics> cpus_{online_, {.drain = [](void*, unsigned) {}}};
};

explore::exploration explored(const std::array<action, 2>& tasks, const action& handler = {},
                              const action& settled = {}) {
  const explore::code_under_test code{
      2, [&] { return std::make_unique<program>(tasks, handler, settled); }};
  return explore::explore(code, {});
}

std::string finding_of(const explore::exploration& done) {
  return done.finding ? done.finding->what : "";
}

const action nothing = [] {};

TEST_CASE("a handler comes between two steps, but not while interrupts are off") {
  for (const bool off : {false, true}) {
    CAPTURE(off);
    std::set<std::uint64_t> seen;
    const action task = [off] {
      if (off) contexts().irqs_off(true, &here);
      store(word, 1, EXPLORE_RELAXED);
      store(word, 2, EXPLORE_RELAXED);
      if (off) contexts().irqs_off(false, &here);
    };
    const action handler = [&seen] { seen.insert(load(word, EXPLORE_RELAXED)); };
    CHECK(finding_of(explored({task, nothing}, handler)).empty());
    CHECK(seen == (off ? std::set<std::uint64_t>{0, 2} : std::set<std::uint64_t>{0, 1, 2}));
  }
}

/// What is begun and ended.
using section = void (*)(bool begins, const explore_site* at);

/// Drops what keeps the payload alive, and goes on for a moment.
action drop_in(section around) {
  return [around] {
    if (around != nullptr) around(true, &here);
    store(word, 1, EXPLORE_RELAXED);
    store(payload, 1, EXPLORE_PLAIN);
    if (around != nullptr) around(false, &here);
  };
}
/// Looks at the payload if nobody has dropped it.
action look_in(section around) {
  return [around] {
    if (around != nullptr) around(true, &here);
    if (load(word, EXPLORE_RELAXED) == 0) store(payload, 1, EXPLORE_PLAIN);
    if (around != nullptr) around(false, &here);
  };
}
void synchronize() { kernel_cpus<explored_atomics>::current()->rcu().synchronize(); }
/// Frees what was dropped.
void free_dropped() {
  if (load(word, EXPLORE_RELAXED) == 0) return;
  synchronize();
  store(payload, 2, EXPLORE_PLAIN);
}
void drop_and_free() {
  store(word, 1, EXPLORE_RELAXED);
  synchronize();
  store(payload, 2, EXPLORE_PLAIN);
}
void call_in_handler(bool begins, const explore_site* /*at*/) {
  const call_mark none{explored_contexts::open()};
  begins ? void(explored_platform().begin_call()) : explored_platform().end_call(none);
}

TEST_CASE(
    "a grace period waits for read sections, and for preemption and interrupts that are off") {
  for (const section around :
       {contexts().rcu_reader, contexts().preempt_off, contexts().irqs_off}) {
    CHECK(finding_of(explored({drop_in(around), free_dropped})).empty());
    CHECK(finding_of(explored({look_in(around), drop_and_free})).empty());
  }
  for (const section around : {section{nullptr}, section{contexts().migration_off}}) {
    CHECK_FALSE(finding_of(explored({drop_in(around), free_dropped})).empty());
    CHECK_FALSE(finding_of(explored({look_in(around), drop_and_free})).empty());
  }
}

TEST_CASE("a grace period waits for what a handler calls") {
  CHECK(finding_of(explored({nothing, drop_and_free}, look_in(call_in_handler))).empty());
  CHECK_FALSE(finding_of(explored({nothing, drop_and_free}, look_in(nullptr))).empty());
}

TEST_CASE("preemption that is off orders nothing where nobody waits for grace periods") {
  bool both_are_late = false;
  const auto write_then_read = [&](std::uint64_t& mine, const std::uint64_t& other,
                                   std::uint64_t& seen) {
    return [&] {
      store(mine, 1, EXPLORE_RELAXED);
      contexts().preempt_off(true, &here);
      seen = load(other, EXPLORE_RELAXED);
      contexts().preempt_off(false, &here);
    };
  };
  std::array<std::uint64_t, 2> seen{};
  const std::array<action, 2> tasks{write_then_read(word, payload, seen[0]),
                                    write_then_read(payload, word, seen[1])};
  const action settled = [&] {
    both_are_late = both_are_late || seen == std::array<std::uint64_t, 2>{};
  };
  CHECK(finding_of(explored(tasks, {}, settled)).empty());
  CHECK(both_are_late);
}

TEST_CASE("a lock keeps others out, and trying it does not wait") {
  std::set<bool> got;
  const action locks = [] {
    contexts().lock(&lock, &here);
    store(payload, 1, EXPLORE_PLAIN);
    contexts().unlock(&lock, &here);
  };
  const action tries = [&got] {
    const bool is_mine = contexts().try_lock(&lock, &here);
    got.insert(is_mine);
    if (!is_mine) return;
    store(payload, 2, EXPLORE_PLAIN);
    contexts().unlock(&lock, &here);
  };
  CHECK(finding_of(explored({locks, tries})).empty());
  CHECK(got == std::set<bool>{false, true});
}

TEST_CASE("what the code begins it ends, and nothing else") {
  const action ends = [] {
    const kernel_call running(explored_platform());
    contexts().preempt_off(false, &here);
  };
  CHECK(finding_of(explored({ends, nothing})) == "a section ends that did not begin");
  const action keeps = [] {
    const kernel_call running(explored_platform());
    contexts().lock(&lock, &here);
  };
  CHECK(finding_of(explored({keeps, nothing})) ==
        "the code returns in a section or with a lock that it was not in before");
  const action nests = [] {
    const kernel_call running(explored_platform());
    contexts().irqs_off(true, &here);
    contexts().irqs_off(true, &here);
    contexts().migration_off(true, &here);
    contexts().migration_off(false, &here);
    contexts().irqs_off(false, &here);
    contexts().irqs_off(false, &here);
  };
  CHECK(finding_of(explored({nests, nothing})).empty());
}

}  // namespace
