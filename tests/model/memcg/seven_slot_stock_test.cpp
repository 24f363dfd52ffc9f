// SPDX-License-Identifier: GPL-2.0-only
// The per-CPU stocks with several slots, one task at a time.
#include "model/memcg/seven_slot_stock.hpp"

#include "tests/model/recording_atomics.hpp"

#include <doctest/doctest.h>

#include <array>
#include <memory>

namespace {

using namespace stockcheck;
using tests::recording;
using policy = tests::recording_atomics;
using group = memcg::mem_cgroup<policy>;
using memcg::slot_victim;

/// Nine groups below a root, and stocks of two CPUs with a task on each.
template <std::size_t Slots>
struct scene {
  explicit scene(unsigned long batch = 4, slot_victim victim = slot_victim::round_robin)
      : stock((boot(), online), batch, victim) {
    for (auto& g : groups) g = std::make_unique<group>(&root, "group");
    machine.finish_boot();
    recording::current().failed.clear();
  }
  scene(const scene&) = delete;
  scene& operator=(const scene&) = delete;

  static constexpr std::array tasks{kernel::placement{.cpu = 0}, kernel::placement{.cpu = 1}};
  kernel::machine<policy> machine{2, tasks};
  kernel::cpu_mask<policy> online{2};
  group root{nullptr, "root"};
  std::array<std::unique_ptr<group>, 9> groups;
  memcg::seven_slot_stock<policy, Slots> stock;

  group& of(std::size_t number) { return *groups.at(number); }
  /// Charges pages and stocks them on a CPU.
  void refill(unsigned cpu, std::size_t number, unsigned long nr_pages) {
    of(number).memory.charge(nr_pages);
    on(cpu, [&] { stock.refill(of(number), nr_pages); });
  }
  bool consume(unsigned cpu, std::size_t number, unsigned long nr_pages) {
    bool consumed = false;
    on(cpu, [&] { consumed = stock.consume(of(number), nr_pages); });
    return consumed;
  }
  template <class Action>
  static void on(unsigned cpu, Action action) {
    std_atomics::current().number = cpu;
    action();
    std_atomics::current().number = 0;
  }
  static std::size_t findings() { return recording::current().failed.size(); }

 private:
  void boot() {
    recording::clear();
    machine.enter();
  }
};

TEST_CASE("a stock gives what it keeps for the group, and no more") {
  scene<7> s;
  CHECK_FALSE(s.consume(0, 0, 1));
  s.refill(0, 0, 3);
  CHECK_FALSE(s.consume(0, 1, 1));
  CHECK_FALSE(s.consume(1, 0, 1));
  CHECK_FALSE(s.consume(0, 0, 4));
  CHECK(s.consume(0, 0, 2));
  CHECK(s.stock.pages(0, s.of(0)) == 1);
  CHECK(s.of(0).memory.read() == 3);
  CHECK(s.findings() == 0);
}

TEST_CASE("more than a batch is neither looked for nor kept") {
  scene<7> s;
  s.refill(0, 0, 4);
  CHECK_FALSE(s.consume(0, 0, 5));
  s.refill(0, 1, 5);
  CHECK(s.stock.pointers(0, s.of(1)) == 0);
  CHECK(s.of(1).memory.read() == 0);
}

TEST_CASE("a slot that gets more than a batch is emptied, the others stay") {
  scene<7> s;
  s.refill(0, 0, 4);
  s.refill(0, 1, 2);
  s.refill(0, 0, 1);
  CHECK(s.stock.pointers(0, s.of(0)) == 0);
  CHECK(s.of(0).memory.read() == 0);
  CHECK(s.of(0).references() == 1);
  CHECK(s.stock.pages(0, s.of(1)) == 2);
  CHECK(s.root.memory.read() == 2);
}

TEST_CASE("each group has one slot, which holds one reference whatever is in it") {
  scene<7> s;
  s.refill(0, 0, 1);
  s.refill(0, 0, 2);
  CHECK(s.stock.pointers(0, s.of(0)) == 1);
  CHECK(s.stock.pages(0, s.of(0)) == 3);
  CHECK(s.of(0).references() == 2);
  CHECK(s.consume(0, 0, 3));
  CHECK(s.stock.pointers(0, s.of(0)) == 1);
  CHECK(s.of(0).references() == 2);
  s.refill(1, 0, 1);
  CHECK(s.of(0).references() == 3);
}

TEST_CASE("seven groups fit, the eighth takes the slots of the others in turn") {
  scene<7> s;
  for (std::size_t g = 0; g < 7; ++g) s.refill(0, g, 1);
  for (std::size_t g = 0; g < 7; ++g) CHECK(s.stock.pointers(0, s.of(g)) == 1);
  s.refill(0, 7, 1);
  CHECK(s.stock.pointers(0, s.of(0)) == 0);
  CHECK(s.of(0).references() == 1);
  CHECK(s.of(0).memory.read() == 0);
  s.refill(0, 8, 1);
  CHECK(s.stock.pointers(0, s.of(1)) == 0);
  CHECK(s.stock.pointers(0, s.of(7)) == 1);
  CHECK(s.root.memory.read() == 7);
}

TEST_CASE("the turn comes round, and each CPU has its own") {
  scene<2> s;
  for (const std::size_t g : {0U, 1U, 2U, 3U, 4U}) s.refill(0, g, 1);
  CHECK(s.stock.pointers(0, s.of(3)) == 1);
  CHECK(s.stock.pointers(0, s.of(4)) == 1);
  for (const std::size_t g : {0U, 1U, 2U}) s.refill(1, g, 1);
  CHECK(s.stock.pointers(1, s.of(0)) == 0);
}

TEST_CASE("a random victim is the checker's choice") {
  scene<7> s(4, slot_victim::random);
  for (std::size_t g = 0; g < 7; ++g) s.refill(0, g, 1);
  recording::current().choices = {5};
  s.refill(0, 7, 1);
  CHECK(s.stock.pointers(0, s.of(5)) == 0);
  CHECK(s.stock.pointers(0, s.of(0)) == 1);
}

TEST_CASE("the first empty slot is used before any is taken away") {
  scene<2> s;
  s.refill(0, 0, 4);
  s.refill(0, 1, 1);
  s.refill(0, 0, 1);  // over the batch: its slot, the first, is empty
  s.refill(0, 2, 1);
  CHECK(s.stock.pointers(0, s.of(1)) == 1);
  CHECK(s.stock.pointers(0, s.of(2)) == 1);
}

TEST_CASE("a drain empties all slots of this CPU, and those of others on their workers") {
  scene<7> s;
  s.refill(0, 0, 1);
  s.refill(0, 1, 2);
  s.refill(1, 0, 3);
  s.refill(1, 1, 4);
  s.stock.drain_all(s.of(0));
  CHECK(s.stock.pointers(0, s.of(0)) == 0);
  CHECK(s.stock.pointers(0, s.of(1)) == 0);
  CHECK(s.stock.pages(1, s.of(0)) == 3);
  CHECK_FALSE(s.stock.is_flushing(0));
  CHECK(s.stock.is_flushing(1));
  s.machine.quiesce();
  s.stock.work().flush(s.online);
  CHECK(s.stock.pages(1, s.of(1)) == 0);
  CHECK_FALSE(s.stock.is_flushing(1));
  CHECK(s.root.memory.read() == 0);
  CHECK(s.of(0).references() == 1);
  CHECK(s.findings() == 0);
}

TEST_CASE(
    "a drain of another subtree, of an empty slot, or of an offline CPU leaves all as it is") {
  scene<7> s;
  s.refill(0, 0, 2);
  s.refill(1, 2, 1);
  s.stock.drain_all(s.of(1));
  CHECK(s.stock.pages(0, s.of(0)) == 2);
  CHECK(s.consume(0, 0, 2));
  s.stock.drain_all(s.of(0));
  CHECK(s.stock.pointers(0, s.of(0)) == 1);
  s.online.take_down(1, [](unsigned) {});
  s.stock.drain_all(s.root);
  CHECK_FALSE(s.stock.is_flushing(1));
  s.stock.cpu_dead(1);
  CHECK(s.stock.pointers(1, s.of(2)) == 0);
  CHECK(s.root.memory.read() == 2);  // what was consumed
}

TEST_CASE("an isolated CPU is left alone until it drains itself or is isolated no more") {
  scene<7> s;
  s.refill(1, 0, 1);
  s.stock.isolate(1);
  s.stock.drain_all(s.root);
  CHECK_FALSE(s.stock.is_flushing(1));
  CHECK(s.stock.pages(1, s.of(0)) == 1);
  s.stock.end_isolation(1);
  s.stock.drain_all(s.root);
  s.machine.quiesce();
  s.stock.work().flush(s.online);
  CHECK_FALSE(s.stock.is_flushing(1));
  CHECK(s.stock.pages(1, s.of(0)) == 0);
}

TEST_CASE("a batch of 64 fits in a slot twice, one of 128 does not") {
  const scene<7> fits(64);
  CHECK(scene<7>::findings() == 0);
  recording::clear();
  const kernel::cpu_mask<policy> online{2};
  const memcg::seven_slot_stock<policy> too_large(online, 128);
  CHECK(scene<7>::findings() == 1);
}

TEST_CASE("pages of the root are not stocked") {
  scene<7> s;
  s.root.memory.charge(1);
  s.stock.refill(s.root, 1);
  CHECK(s.findings() == 1);
}

}  // namespace
