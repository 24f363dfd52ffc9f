// SPDX-License-Identifier: GPL-2.0-only
// The byte stock with several slots, one task at a time. A page has 16 bytes unless said otherwise.
#include "model/memcg/multi_obj_stock.hpp"

#include "tests/model/memcg/objcg_scene.hpp"
#include "tests/model/recording_atomics.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <utility>

namespace {

using namespace stockcheck;
using memcg::slab_stat;
using policy = tests::recording_atomics;

/// A page stock that lets something happen while pages come back, which is under the lock.
struct interrupted_page_stock : memcg::no_page_stock<policy> {
  std::function<void()> interrupt;

  void refill(group& memcg, ulong nr_pages) {
    if (const auto now = std::exchange(interrupt, nullptr)) now();
    memcg::no_page_stock<policy>::refill(memcg, nr_pages);
  }
};
using scene = tests::objcg_scene<memcg::multi_obj_stock<policy>>;
using two_slots =
    tests::objcg_scene<memcg::multi_obj_stock<policy, memcg::no_page_stock<policy>, 2>>;
using interrupted = tests::objcg_scene<memcg::multi_obj_stock<policy, interrupted_page_stock>>;

TEST_CASE("a charge takes a page, and the rest of it is for the next ones") {
  scene s;
  CHECK(s.stock.charge(s.objcg(0), 5) == 0);
  CHECK(s.stock.bytes(0, s.objcg(0)) == 11);
  CHECK(s.stock.charge(s.objcg(0), 11) == 0);
  CHECK(s.of(0).memory.read() == 1);
  CHECK(s.of(0).kmem() == 1);
  CHECK(s.stock.charge(s.objcg(0), 32) == 0);
  CHECK(s.of(0).memory.read() == 3);
  CHECK(s.objcg(0).references() == 2);
  CHECK(s.findings() == 0);
}

TEST_CASE("a refused charge leaves nothing behind") {
  scene s;
  s.of(0).memory.set_max(0);
  CHECK(s.stock.charge(s.objcg(0), 5) == -kernel::enomem);
  CHECK(s.stock.charge_and_account(s.objcg(0), 5, 0, slab_stat::reclaimable) == -kernel::enomem);
  CHECK(s.of(0).memory.read() == 0);
  CHECK(s.stock.pointers(0, s.objcg(0)) == 0);
}

TEST_CASE("uncharged bytes are kept up to a page, whole pages go") {
  scene s;
  CHECK(s.stock.charge(s.objcg(0), 40) == 0);
  s.stock.uncharge(s.objcg(0), 8);
  CHECK(s.stock.bytes(0, s.objcg(0)) == 16);
  s.stock.uncharge(s.objcg(0), 32);
  CHECK(s.stock.bytes(0, s.objcg(0)) == 0);
  CHECK(s.of(0).memory.read() == 0);
}

TEST_CASE("objcgs have slots of their own, and a third one takes them in turn") {
  two_slots s;
  CHECK(s.stock.charge(s.objcg(0), 5) == 0);
  CHECK(s.stock.charge(s.objcg(1), 6) == 0);
  CHECK(s.stock.bytes(0, s.objcg(0)) == 11);
  CHECK(s.stock.charge(s.objcg(2), 7) == 0);
  CHECK(s.stock.pointers(0, s.objcg(0)) == 0);
  CHECK(s.objcg(0).references() == 1);
  CHECK(s.objcg(0).charged_bytes() == 11);
  CHECK(s.stock.charge(s.objcg(0), 1) == 0);
  CHECK(s.stock.pointers(0, s.objcg(1)) == 0);
  CHECK(s.stock.bytes(0, s.objcg(2)) == 9);
  // 11 left over and 15 of a new page: a whole one goes.
  CHECK(s.stock.bytes(0, s.objcg(0)) == 10);
  CHECK(s.of(0).memory.read() == 1);
}

TEST_CASE("five objcgs fit") {
  scene s;
  CHECK(s.stock.charge(s.objcg(0), 1) == 0);
  CHECK(s.stock.charge(s.objcg(1), 1) == 0);
  CHECK(s.stock.charge(s.objcg(2), 1) == 0);
  memcg::obj_cgroup<policy> fourth(s.of(0), s.stock.rcu(), "objcg", {.page_size = 16});
  memcg::obj_cgroup<policy> fifth(s.of(0), s.stock.rcu(), "objcg", {.page_size = 16});
  CHECK(s.stock.charge(fourth, 1) == 0);
  CHECK(s.stock.charge(fifth, 1) == 0);
  CHECK(s.stock.pointers(0, s.objcg(0)) == 1);
  CHECK(s.stock.pointers(0, fifth) == 1);
}

TEST_CASE("statistics are kept of one slot and one node at a time") {
  scene s;
  CHECK(s.stock.charge_and_account(s.objcg(0), 5, 0, slab_stat::reclaimable) == 0);
  CHECK(s.stock.stat(0, s.objcg(0), 0, slab_stat::reclaimable) == 5);
  CHECK(s.stock.charge_and_account(s.objcg(1), 3, 0, slab_stat::reclaimable) == 0);
  CHECK(s.of(0).lruvec_state(0, slab_stat::reclaimable) == 5);
  CHECK(s.stock.stat(0, s.objcg(0), 0, slab_stat::reclaimable) == 0);
  CHECK(s.stock.stat(0, s.objcg(1), 0, slab_stat::reclaimable) == 3);
  s.stock.uncharge_and_account(s.objcg(1), 3, 1, slab_stat::reclaimable);
  CHECK(s.of(1).lruvec_state(0, slab_stat::reclaimable) == 3);
  CHECK(s.stock.stat(0, s.objcg(1), 1, slab_stat::reclaimable) == -3);
}

TEST_CASE("statistics of an objcg without a slot are added at once") {
  scene s;
  s.stock.account(s.objcg(0), 4, 0, slab_stat::unreclaimable);
  CHECK(s.of(0).lruvec_state(0, slab_stat::unreclaimable) == 4);
  CHECK(s.stock.pointers(0, s.objcg(0)) == 0);
}

TEST_CASE("with pages of 64 KiB a slot holds less than a page, and statistics even less") {
  scene s(0x10000);
  CHECK(s.stock.charge(s.objcg(0), 1) == 0);
  CHECK(s.stock.bytes(0, s.objcg(0)) == 0xffff);
  s.of(0).memory.charge(1);
  s.of(0).mod_kmem(1);
  s.stock.refill(s.objcg(0), 0xffff, false);
  CHECK(s.stock.bytes(0, s.objcg(0)) == 0xfffe);
  CHECK(s.of(0).memory.read() == 1);
  s.stock.account(s.objcg(0), 0x7fff, 0, slab_stat::reclaimable);
  CHECK(s.stock.stat(0, s.objcg(0), 0, slab_stat::reclaimable) == 0x7fff);
  s.stock.account(s.objcg(0), 1, 0, slab_stat::reclaimable);
  CHECK(s.stock.stat(0, s.objcg(0), 0, slab_stat::reclaimable) == 0);
  CHECK(s.of(0).lruvec_state(0, slab_stat::reclaimable) == 0x8000);
  s.stock.account(s.objcg(0), -0x8000, 0, slab_stat::reclaimable);
  CHECK(s.of(0).lruvec_state(0, slab_stat::reclaimable) == 0);
}

TEST_CASE("what an interrupt frees while the stock is locked is left with the objcg") {
  interrupted s;
  CHECK(s.stock.charge(s.objcg(0), 40) == 0);
  CHECK(s.stock.charge(s.objcg(1), 40) == 0);
  s.pages.interrupt = [&] {
    s.stock.uncharge_and_account(s.objcg(1), 40, 1, slab_stat::reclaimable);
    CHECK_FALSE(s.stock.consume(s.objcg(1), 1));
  };
  s.stock.uncharge(s.objcg(0), 40);
  CHECK(s.stock.bytes(0, s.objcg(0)) == 0);
  CHECK(s.of(1).memory.read() == 1);
  CHECK(s.objcg(1).charged_bytes() == 8);
  CHECK(s.stock.bytes(0, s.objcg(1)) == 8);
  CHECK(s.of(1).lruvec_state(1, slab_stat::reclaimable) == -40);
  CHECK(s.findings() == 0);
}

TEST_CASE("what an interrupt charges while the stock is locked is left with the objcg, too") {
  interrupted s;
  CHECK(s.stock.charge(s.objcg(0), 40) == 0);
  s.pages.interrupt = [&] {
    CHECK(s.stock.charge_and_account(s.objcg(1), 5, 0, slab_stat::reclaimable) == 0);
  };
  s.stock.uncharge(s.objcg(0), 40);
  CHECK(s.stock.pointers(0, s.objcg(1)) == 0);
  CHECK(s.objcg(1).charged_bytes() == 11);
  CHECK(s.of(1).memory.read() == 1);
  CHECK(s.of(1).lruvec_state(0, slab_stat::reclaimable) == 5);
}

TEST_CASE("a drain empties all slots of a CPU, whomever they are of") {
  scene s;
  CHECK(s.stock.charge_and_account(s.objcg(0), 5, 0, slab_stat::reclaimable) == 0);
  CHECK(s.stock.charge(s.objcg(1), 5) == 0);
  s.stock.drain_all(s.of(2));
  CHECK(s.stock.pointers(0, s.objcg(1)) == 1);
  s.stock.drain_all(s.of(1));
  CHECK(s.stock.pointers(0, s.objcg(0)) == 0);
  CHECK(s.stock.pointers(0, s.objcg(1)) == 0);
  CHECK(s.of(0).lruvec_state(0, slab_stat::reclaimable) == 5);
  CHECK(s.objcg(0).charged_bytes() == 11);
  CHECK(s.objcg(0).references() == 1);
  CHECK_FALSE(s.stock.is_flushing(0));
}

TEST_CASE("an isolated CPU is left alone, an offline one is emptied by its dead callback") {
  scene s;
  scene::on(1, [&] {
    CHECK(s.stock.charge(s.objcg(0), 5) == 0);
    CHECK(s.stock.charge(s.objcg(1), 5) == 0);
  });
  s.stock.isolate(1);
  s.stock.drain_all(s.root);
  CHECK_FALSE(s.stock.is_flushing(1));
  s.stock.end_isolation(1);
  s.online.take_down(1, [&](unsigned dead) { s.stock.cpu_dead(dead); });
  CHECK(s.stock.pointers(1, s.objcg(0)) == 0);
  CHECK(s.stock.pointers(1, s.objcg(1)) == 0);
  CHECK(s.objcg(1).charged_bytes() == 11);
}

TEST_CASE("pages that have become the root's stay on its counter") {
  scene s;
  CHECK(s.stock.charge(s.objcg(0), 32) == 0);
  s.objcg(0).get();
  memcg::memcg_reparent_objcgs(s.of(0));
  s.stock.uncharge(s.objcg(0), 32);
  CHECK(s.root.memory.read() == 2);
  CHECK(s.root.kmem() + s.of(0).kmem() == 0);
}

}  // namespace
