// SPDX-License-Identifier: GPL-2.0-only
// The stocks in the counters of memory cgroups, one task at a time.
#include "model/memcg/counter_stocks.hpp"

#include "model/memcg/charge_path.hpp"
#include "model/memcg/socket_charge.hpp"
#include "tests/model/recording_atomics.hpp"

#include <doctest/doctest.h>

#include <array>

namespace {

using namespace stockcheck;
using tests::recording;
using policy = tests::recording_atomics;
using stocks = memcg::counter_stocks<policy>;
using group = stocks::group;

constexpr unsigned batch = 8;

/// A group and its child below a root, charged from two CPUs.
struct scene {
  explicit scene(bool with_memsw = false)
      : root((boot(), nullptr), "root", with_memsw),
        leaf(&root, "leaf", with_memsw),
        child(&leaf, "child", with_memsw) {
    for (group* g : {&leaf, &child}) {
      stock.add(*g);
      stock.link(*g);
      stock.come_online(*g);
    }
    machine.finish_boot();
    recording::current().failed.clear();
  }
  ~scene() {
    for (group* g : {&leaf, &child}) g->free_stocks();
  }
  scene(const scene&) = delete;
  scene& operator=(const scene&) = delete;

  static constexpr std::array tasks{kernel::placement{.cpu = 0}, kernel::placement{.cpu = 1}};
  kernel::machine<policy> machine{2, tasks};
  kernel::cpu_mask<policy> online{2};
  group root;
  group leaf;
  group child;
  stocks stock{(machine.enter(), online), batch};
  memcg::charge_path<policy, stocks> path{stock};

  memcg::page_counter<policy>* charge(group& of, unsigned long nr_pages, unsigned cpu = 0) {
    std_atomics::current().number = cpu;
    auto* const fail = stock.try_charge(of, nr_pages);
    std_atomics::current().number = 0;
    return fail;
  }
  static void expect_no_findings() { CHECK(recording::current().failed.empty()); }

 private:
  void boot() {
    recording::clear();
    machine.enter();
  }
};

TEST_CASE("a group that comes online gets stocks of its own, which its charges fill") {
  scene s(true);
  CHECK(s.charge(s.leaf, 3) == nullptr);
  CHECK(s.leaf.memory.read() == batch);
  CHECK(s.leaf.memsw.read() == batch);
  CHECK(s.root.memsw.read() == batch);
  CHECK(s.stock.pages(0, s.leaf) == 5);
  CHECK(s.stock.memsw_pages(0, s.leaf) == 5);
  CHECK(s.stock.pages(0, s.child) == 0);
  CHECK(s.charge(s.leaf, 5) == nullptr);
  CHECK(s.leaf.memory.read() == batch);
  CHECK(s.stock.pages(0, s.leaf) == 0);
}

TEST_CASE("without memory and swap accounting there is one stock") {
  scene s;
  CHECK(s.charge(s.leaf, 3) == nullptr);
  CHECK(s.stock.pages(0, s.leaf) == 5);
  CHECK(s.stock.memsw_pages(0, s.leaf) == 0);
  CHECK(s.leaf.memsw.read() == 0);
}

TEST_CASE("a group whose stock cannot be allocated is charged exactly") {
  scene s(true);
  group late{&s.root, "late", true};
  s.machine.let_allocations_fail(1);
  recording::current().choices = {1};
  s.stock.add(late);
  s.stock.link(late);
  s.stock.come_online(late);
  CHECK(s.charge(late, 3) == nullptr);
  CHECK(late.memory.read() == 3);
  CHECK(late.memsw.read() == batch);
  late.free_stocks();
}

TEST_CASE("the root is not charged through stocks") {
  scene s;
  s.charge(s.root, 1);
  REQUIRE(recording::current().failed.size() == 1);
  CHECK(recording::current().failed.front().kind == oracle::scenario);
}

TEST_CASE("a limit of memory and swap refuses before memory is charged") {
  scene s(true);
  s.root.memsw.set_max(2);
  CHECK(s.charge(s.leaf, 3) == &s.root.memsw);
  CHECK(s.leaf.memory.read() == 0);
  CHECK(s.leaf.memsw.read() == 0);
  CHECK(s.leaf.memory.failcnt() == 0);
}

TEST_CASE("when memory is refused, memory and swap is uncharged at every level") {
  scene s(true);
  s.leaf.memory.set_max(2);
  CHECK(s.charge(s.leaf, 3) == &s.leaf.memory);
  CHECK(s.root.memory.read() == 0);
  // The surplus of its batch stays in its stock.
  CHECK(s.root.memsw.read() == 5);
  CHECK(s.leaf.memsw.read() == 5);
  CHECK(s.stock.memsw_pages(0, s.leaf) == 5);
  CHECK(s.stock.pages(0, s.leaf) == 0);
}

TEST_CASE("pages that came from a stock and are refused later do not go back to it") {
  scene s(true);
  CHECK(s.charge(s.leaf, 1) == nullptr);
  s.leaf.memory_stock.drain(0);
  s.leaf.memory.set_max(1);
  CHECK(s.charge(s.leaf, 2) == &s.leaf.memory);
  CHECK(s.stock.memsw_pages(0, s.leaf) == 5);
  CHECK(s.leaf.memsw.read() == 6);
}

TEST_CASE("the charge path names the group over its limit, and forces past the stocks") {
  scene s;
  s.leaf.memory.set_max(1);
  CHECK(s.path.try_charge(s.child, 2) == -kernel::enomem);
  CHECK(s.path.try_charge(s.child, 2, {.no_fail = true}) == 0);
  CHECK(s.child.memory.read() == 2);
  CHECK(s.leaf.memory.read() == 2);
  CHECK(s.stock.pages(0, s.child) == 0);
}

TEST_CASE("the charge path takes a batch also where it may not spin") {
  scene s;
  CHECK(s.path.try_charge(s.leaf, 1, {.may_spin = false}) == 0);
  CHECK(s.stock.pages(0, s.leaf) == batch - 1);
}

TEST_CASE("sockets uncharge past the stocks") {
  scene s;
  memcg::socket_charge<policy> sockets;
  CHECK(sockets.charge(s.path, s.leaf, 1));
  sockets.uncharge(s.stock, s.leaf, 1);
  CHECK(s.leaf.memory.read() == batch - 1);
  CHECK(s.stock.pages(0, s.leaf) == batch - 1);
}

TEST_CASE("a drain is for a group and those below it, on all online CPUs") {
  scene s(true);
  for (const unsigned cpu : {0U, 1U})
    for (group* g : {&s.leaf, &s.child}) CHECK(s.charge(*g, 1, cpu) == nullptr);
  s.stock.drain_all(s.child);
  CHECK(s.stock.pages(0, s.child) + s.stock.pages(1, s.child) == 0);
  CHECK(s.stock.memsw_pages(0, s.child) + s.stock.memsw_pages(1, s.child) == 0);
  CHECK(s.stock.pages(0, s.leaf) == batch - 1);
  CHECK(s.root.memory.read() == 2 + 2 * batch);

  s.stock.drain_all(s.root);
  CHECK(s.root.memory.read() == 4);
  CHECK(s.root.memsw.read() == 4);
  CHECK(s.leaf.references() == 1);
  scene::expect_no_findings();
}

TEST_CASE("a CPU that is offline is not drained by others but when it dies, of every group") {
  scene s;
  CHECK(s.charge(s.leaf, 1, 1) == nullptr);
  CHECK(s.charge(s.child, 1, 1) == nullptr);
  CHECK(s.charge(s.leaf, 1, 0) == nullptr);
  unsigned calls = 0;
  s.online.take_down(1, [&](unsigned cpu) {
    s.stock.drain_all(s.root);
    CHECK(s.stock.pages(1, s.leaf) == batch - 1);
    s.stock.cpu_dead(cpu);
    ++calls;
  });
  CHECK(calls == 1);
  CHECK(s.stock.pages(1, s.leaf) + s.stock.pages(1, s.child) == 0);
  CHECK(s.root.memory.read() == 3);
}

TEST_CASE(
    "a group without references is left out by drains, and loses its pages when it is freed") {
  scene s;
  CHECK(s.charge(s.child, 1) == nullptr);
  CHECK(s.charge(s.child, 1, 1) == nullptr);
  s.child.uncharge(2);
  s.child.put();
  s.stock.drain_all(s.root);
  s.stock.cpu_dead(1);
  CHECK(s.stock.pages(0, s.child) == batch - 1);
  s.stock.css_free(s.child);
  CHECK(s.root.memory.read() == 0);
  CHECK(s.stock.pages(0, s.child) == 0);
  s.stock.drain_all(s.root);
  scene::expect_no_findings();
}

}  // namespace
