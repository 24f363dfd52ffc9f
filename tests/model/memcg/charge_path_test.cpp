// SPDX-License-Identifier: GPL-2.0-only
// Charging at a limit, one task at a time.
#include "model/memcg/charge_path.hpp"

#include "model/memcg/seven_slot_stock.hpp"
#include "tests/model/recording_atomics.hpp"

#include <doctest/doctest.h>

#include <array>

namespace {

using namespace stockcheck;
using tests::recording;
using policy = tests::recording_atomics;
using group = memcg::mem_cgroup<policy>;
using stocks = memcg::seven_slot_stock<policy>;
using memcg::charge_flags;

/// Uncharges what it is told to, and counts how often it was asked.
struct scripted_pressure final : memcg::memory_pressure<policy> {
  unsigned long reclaim(group& over, unsigned long) override {
    ++reclaims;
    asked = &over;
    if (reclaimable == 0) return 0;
    --reclaimable;
    from->uncharge(1);
    return 1;
  }
  bool oom_kill(group&) override {
    ++kills;
    if (killable == 0) return false;
    --killable;
    from->uncharge(1);
    return true;
  }

  group* from = nullptr;
  group* asked = nullptr;
  unsigned reclaimable = 0;
  unsigned killable = 0;
  unsigned reclaims = 0;
  unsigned kills = 0;
};

struct scene {
  explicit scene(bool with_memsw = false)
      : root((boot(), nullptr), "root", with_memsw), leaf(&root, "leaf", with_memsw) {
    pressure.from = &leaf;
    machine.finish_boot();
  }
  scene(const scene&) = delete;
  scene& operator=(const scene&) = delete;

  static constexpr std::array tasks{kernel::placement{.cpu = 0}, kernel::placement{.cpu = 1}};
  kernel::machine<policy> machine{2, tasks};
  kernel::cpu_mask<policy> online{2};
  group root;
  group leaf;
  stocks stock{(machine.enter(), online), 4};
  scripted_pressure pressure;
  memcg::charge_path<policy, stocks> path{stock, &pressure, 2};

  int charge(unsigned long nr_pages, const charge_flags& how = {}) {
    return path.try_charge(leaf, nr_pages, how);
  }

 private:
  void boot() {
    recording::clear();
    machine.enter();
  }
};

TEST_CASE("a charge takes a batch, and the next ones are served from the stock") {
  scene s;
  CHECK(s.charge(1) == 0);
  CHECK(s.leaf.memory.read() == 4);
  CHECK(s.root.memory.read() == 4);
  CHECK(s.stock.pages(0, s.leaf) == 3);
  CHECK(s.charge(3) == 0);
  CHECK(s.leaf.memory.read() == 4);
  CHECK(s.stock.pages(0, s.leaf) == 0);
  CHECK(s.charge(6) == 0);
  CHECK(s.leaf.memory.read() == 10);
  CHECK(s.pressure.reclaims == 0);
  CHECK(recording::current().failed.empty());
}

TEST_CASE("a batch that does not fit is left, the exact amount charged") {
  scene s;
  s.root.memory.set_max(3);
  CHECK(s.charge(2) == 0);
  CHECK(s.leaf.memory.read() == 2);
  CHECK(s.stock.pointers(0, s.leaf) == 0);
  CHECK(s.pressure.reclaims == 0);
}

TEST_CASE("who may not spin charges exactly") {
  scene s;
  CHECK(s.charge(1, {.may_spin = false}) == 0);
  CHECK(s.leaf.memory.read() == 1);
}

TEST_CASE("memory and swap are charged together, and undone if memory alone is at its limit") {
  scene s(true);
  s.root.memory.set_max(2);
  CHECK(s.charge(2) == 0);
  CHECK(s.leaf.memsw.read() == 2);
  CHECK(s.charge(1) == -kernel::enomem);
  CHECK(s.leaf.memory.read() == 2);
  CHECK(s.leaf.memsw.read() == 2);
  CHECK(s.root.memsw.read() == 2);
  CHECK(s.pressure.asked == &s.root);
}

TEST_CASE("a limit of memory and swap refuses as well, and is the one that is blamed") {
  scene s(true);
  s.leaf.memsw.set_max(2);
  CHECK(s.charge(3) == -kernel::enomem);
  CHECK(s.leaf.memory.read() == 0);
  CHECK(s.leaf.memsw.read() == 0);
  CHECK(s.pressure.asked == &s.leaf);
}

TEST_CASE("a charge drains the stocks once, and succeeds with what was there") {
  scene s;
  group other(&s.root, "other");
  s.root.memory.set_max(4);
  CHECK(s.path.try_charge(other, 1) == 0);
  CHECK(s.root.memory.read() == 4);
  CHECK(s.charge(2) == 0);
  CHECK(s.root.memory.read() == 3);
  CHECK(s.stock.pages(0, other) == 0);
  CHECK(s.pressure.reclaims == 1);
}

TEST_CASE("what reclaim returns is charged at once") {
  scene s;
  s.root.memory.set_max(2);
  CHECK(s.charge(2) == 0);
  s.pressure.reclaimable = 1;
  CHECK(s.charge(1) == 0);
  CHECK(s.root.memory.read() == 2);
  CHECK(s.pressure.reclaims == 1);
}

TEST_CASE("reclaim in vain is repeated as often as allowed, then the group is out of memory") {
  scene s;
  s.root.memory.set_max(2);
  CHECK(s.charge(2) == 0);
  CHECK(s.charge(1) == -kernel::enomem);
  CHECK(s.pressure.reclaims == 1 + 2 + 1);  // then drained, then retried twice, then killed
  CHECK(s.pressure.kills == 1);
  s.pressure.killable = 1;
  CHECK(s.charge(1) == 0);
  CHECK(s.pressure.kills == 2);
}

TEST_CASE("reclaim that gets somewhere is repeated for small charges") {
  scene s;
  s.root.memory.set_max(9);
  CHECK(s.charge(9) == 0);
  s.pressure.reclaimable = 6;
  CHECK(s.charge(6) == 0);
  CHECK(s.pressure.reclaims == 6);
  CHECK(s.pressure.kills == 0);
}

TEST_CASE("flags end it early") {
  scene s;
  s.root.memory.set_max(2);
  CHECK(s.charge(2) == 0);
  CHECK(s.charge(1, {.may_block = false}) == -kernel::enomem);
  CHECK(s.charge(1, {.in_oom = true}) == -kernel::enomem);
  CHECK(s.pressure.reclaims == 0);
  CHECK(s.charge(1, {.no_retry = true}) == -kernel::enomem);
  CHECK(s.pressure.reclaims == 2);
  CHECK(s.charge(1, {.retry_may_fail = true}) == -kernel::enomem);
  CHECK(s.pressure.kills == 0);
  CHECK(s.root.memory.read() == 2);
}

TEST_CASE("a charge that must not fail goes above the limit of both counters") {
  scene s(true);
  s.root.memory.set_max(1);
  s.root.memsw.set_max(1);
  CHECK(s.charge(2, {.may_block = false, .no_fail = true}) == 0);
  CHECK(s.root.memory.read() == 2);
  CHECK(s.root.memsw.read() == 2);
  CHECK(s.charge(1, {.memalloc = true}) == 0);
  CHECK(s.root.memory.read() == 3);
  CHECK(s.pressure.reclaims == 0);
}

TEST_CASE("a charge that never ends is a finding") {
  scene s;
  memcg::charge_path<policy, stocks> impatient(s.stock, &s.pressure, 16, 3);
  s.root.memory.set_max(2);
  CHECK(s.charge(2) == 0);
  CHECK(impatient.try_charge(s.leaf, 1) == -kernel::enomem);
  REQUIRE_FALSE(recording::current().failed.empty());
  CHECK(recording::current().failed.front().kind == oracle::progress);
}

}  // namespace
