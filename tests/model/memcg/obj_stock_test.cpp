// SPDX-License-Identifier: GPL-2.0-only
// The byte stock with one slot, one task at a time. A page has 16 bytes.
#include "model/memcg/obj_stock.hpp"

#include "model/memcg/one_slot_stock.hpp"
#include "tests/model/memcg/objcg_scene.hpp"
#include "tests/model/recording_atomics.hpp"

#include <doctest/doctest.h>

namespace {

using namespace stockcheck;
using memcg::slab_stat;
using tests::recording;
using policy = tests::recording_atomics;
using scene = tests::objcg_scene<memcg::obj_stock<policy>>;

TEST_CASE("a charge takes a page, and the rest of it is for the next ones") {
  scene s;
  CHECK(s.stock.charge(s.objcg(0), 5) == 0);
  CHECK(s.of(0).memory.read() == 1);
  CHECK(s.of(0).kmem() == 1);
  CHECK(s.stock.bytes(0, s.objcg(0)) == 11);
  CHECK(s.stock.charge(s.objcg(0), 11) == 0);
  CHECK(s.of(0).memory.read() == 1);
  CHECK(s.stock.bytes(0, s.objcg(0)) == 0);
  CHECK(s.stock.pointers(0, s.objcg(0)) == 1);
  CHECK(s.objcg(0).references() == 2);
  CHECK(s.of(0).references() == 1);
  CHECK(s.findings() == 0);
}

TEST_CASE("whole pages are charged without the stock") {
  scene s;
  CHECK(s.stock.charge(s.objcg(0), 32) == 0);
  CHECK(s.root.memory.read() == 2);
  CHECK(s.stock.pointers(0, s.objcg(0)) == 0);
}

TEST_CASE("bytes of the stock do not help a charge that they do not suffice for") {
  scene s;
  CHECK(s.stock.charge(s.objcg(0), 10) == 0);
  CHECK(s.stock.charge(s.objcg(0), 15) == 0);
  CHECK(s.of(0).memory.read() == 2);
  CHECK(s.stock.bytes(0, s.objcg(0)) == 7);
  CHECK(s.stock.charge(s.objcg(0), 8) == 0);
  CHECK(s.stock.bytes(0, s.objcg(0)) == 15);
  CHECK(s.of(0).memory.read() == 3);
}

TEST_CASE("a refused charge leaves nothing behind") {
  scene s;
  s.of(0).memory.set_max(0);
  CHECK(s.stock.charge(s.objcg(0), 5) == -kernel::enomem);
  CHECK(s.stock.charge_and_account(s.objcg(0), 5, 0, slab_stat::reclaimable) == -kernel::enomem);
  CHECK(s.of(0).memory.read() == 0);
  CHECK(s.stock.pointers(0, s.objcg(0)) == 0);
  CHECK(s.of(0).kmem() == 0);
}

TEST_CASE("uncharged bytes are kept up to a page, whole pages go") {
  scene s;
  CHECK(s.stock.charge(s.objcg(0), 40) == 0);  // 3 pages, 8 in the stock
  s.stock.uncharge(s.objcg(0), 8);
  CHECK(s.stock.bytes(0, s.objcg(0)) == 16);
  CHECK(s.of(0).memory.read() == 3);
  s.stock.uncharge(s.objcg(0), 32);
  CHECK(s.stock.bytes(0, s.objcg(0)) == 0);
  CHECK(s.of(0).memory.read() == 0);
  CHECK(s.of(0).kmem() == 0);
}

TEST_CASE("a refill that must not uncharge leaves more than a page") {
  scene s;
  CHECK(s.stock.charge(s.objcg(0), 32) == 0);
  s.stock.refill(s.objcg(0), 10, true);
  s.stock.refill(s.objcg(0), 22, false);
  CHECK(s.stock.bytes(0, s.objcg(0)) == 32);
  CHECK(s.of(0).memory.read() == 2);
}

TEST_CASE("another objcg drives out the first one, which keeps the part of a page") {
  scene s;
  CHECK(s.stock.charge(s.objcg(0), 5) == 0);
  CHECK(s.stock.charge(s.objcg(1), 1) == 0);
  CHECK(s.stock.pointers(0, s.objcg(0)) == 0);
  CHECK(s.objcg(0).references() == 1);
  CHECK(s.objcg(0).charged_bytes() == 11);
  CHECK(s.of(0).memory.read() == 1);
  CHECK(s.stock.bytes(0, s.objcg(1)) == 15);
}

TEST_CASE("a CPU that gets bytes of an objcg takes what is left over with them") {
  scene s;
  CHECK(s.stock.charge(s.objcg(0), 5) == 0);
  CHECK(s.stock.charge(s.objcg(1), 1) == 0);
  scene::on(1, [&] { s.stock.uncharge(s.objcg(0), 5); });
  CHECK(s.objcg(0).charged_bytes() == 0);
  CHECK(s.stock.bytes(1, s.objcg(0)) == 16);
}

TEST_CASE("a switch uncharges whole pages even if the refill must not") {
  scene s;
  s.of(0).memory.charge(2);
  s.of(0).mod_kmem(2);
  s.objcg(0).add_charged_bytes(30);
  s.stock.refill(s.objcg(0), 2, false);
  CHECK(s.stock.bytes(0, s.objcg(0)) == 0);
  CHECK(s.of(0).memory.read() == 0);
}

TEST_CASE("statistics are kept up to a page, of one node at a time") {
  scene s;
  s.stock.account(s.objcg(0), 10, 0, slab_stat::reclaimable);
  s.stock.account(s.objcg(0), 3, 0, slab_stat::unreclaimable);
  s.stock.account(s.objcg(0), 6, 0, slab_stat::reclaimable);
  CHECK(s.stock.stat(0, s.objcg(0), 0, slab_stat::reclaimable) == 16);
  CHECK(s.of(0).lruvec_state(0, slab_stat::reclaimable) == 0);
  s.stock.account(s.objcg(0), 1, 0, slab_stat::reclaimable);
  CHECK(s.stock.stat(0, s.objcg(0), 0, slab_stat::reclaimable) == 0);
  CHECK(s.of(0).lruvec_state(0, slab_stat::reclaimable) == 17);
  s.stock.account(s.objcg(0), -100, 1, slab_stat::reclaimable);
  CHECK(s.of(0).lruvec_state(0, slab_stat::unreclaimable) == 3);
  CHECK(s.stock.stat(0, s.objcg(0), 1, slab_stat::reclaimable) == -100);
}

TEST_CASE("counting an object of another objcg switches the stock") {
  scene s;
  CHECK(s.stock.charge_and_account(s.objcg(0), 5, 1, slab_stat::reclaimable) == 0);
  s.stock.account(s.objcg(1), 4, 0, slab_stat::unreclaimable);
  CHECK(s.of(0).lruvec_state(1, slab_stat::reclaimable) == 5);
  CHECK(s.of(1).lruvec_state(1, slab_stat::reclaimable) == 0);
  CHECK(s.objcg(0).charged_bytes() == 11);
  CHECK(s.stock.stat(0, s.objcg(1), 0, slab_stat::unreclaimable) == 4);
}

TEST_CASE("a drain returns pages, bytes, statistics and the reference") {
  scene s;
  CHECK(s.stock.charge_and_account(s.objcg(0), 5, 1, slab_stat::reclaimable) == 0);
  s.stock.refill(s.objcg(0), 16, false);
  s.of(0).memory.charge(1);
  s.of(0).mod_kmem(1);
  s.stock.drain_all(s.of(0));
  CHECK(s.stock.pointers(0, s.objcg(0)) == 0);
  CHECK(s.objcg(0).charged_bytes() == 11);
  CHECK(s.of(0).memory.read() == 1);
  CHECK(s.of(0).lruvec_state(1, slab_stat::reclaimable) == 5);
  CHECK(s.objcg(0).references() == 1);
  CHECK_FALSE(s.stock.is_flushing(0));
  CHECK(s.findings() == 0);
}

TEST_CASE("a drain is for a subtree, and reaches other CPUs by their work") {
  scene s;
  CHECK(s.stock.charge(s.objcg(0), 5) == 0);
  scene::on(1, [&] { CHECK(s.stock.charge(s.objcg(1), 5) == 0); });
  s.stock.drain_all(s.of(1));
  CHECK(s.stock.pointers(0, s.objcg(0)) == 1);
  CHECK(s.stock.is_flushing(1));
  CHECK(s.stock.pointers(1, s.objcg(1)) == 1);
  s.machine.quiesce();
  s.stock.work().flush(s.online);
  CHECK_FALSE(s.stock.is_flushing(1));
  CHECK(s.stock.pointers(1, s.objcg(1)) == 0);
  CHECK(s.objcg(1).charged_bytes() == 11);
}

TEST_CASE("an isolated CPU is left alone until it is isolated no more") {
  scene s;
  scene::on(1, [&] { CHECK(s.stock.charge(s.objcg(0), 5) == 0); });
  s.stock.isolate(1);
  s.stock.drain_all(s.root);
  CHECK_FALSE(s.stock.is_flushing(1));
  s.stock.end_isolation(1);
  s.stock.drain_all(s.root);
  CHECK(s.stock.is_flushing(1));
}

TEST_CASE("an offline CPU is not asked, its dead callback returns what it kept") {
  scene s;
  scene::on(1, [&] { CHECK(s.stock.charge(s.objcg(0), 5) == 0); });
  s.online.take_down(1, [](unsigned) {});
  s.stock.drain_all(s.root);
  CHECK_FALSE(s.stock.is_flushing(1));
  s.stock.cpu_dead(1);
  s.stock.cpu_dead(1);
  CHECK(s.stock.pointers(1, s.objcg(0)) == 0);
  CHECK(s.objcg(0).charged_bytes() == 11);
  CHECK(s.findings() == 0);
}

TEST_CASE("pages come from the stock of pages, and go there") {
  using over_pages = memcg::one_slot_stock<policy>;
  struct {
    tests::objcg_scene<memcg::obj_stock<policy>>::booted machine;
    kernel::cpu_mask<policy> online{2};
    over_pages pages{online, 4};
    memcg::obj_stock<policy, over_pages> stock{online, pages};
    memcg::kmem_cgroup<policy> root{nullptr, "root"};
    memcg::kmem_cgroup<policy> group{&root, "a"};
    memcg::obj_cgroup<policy> objcg{group, pages.rcu(), "objcg", {.page_size = 16}};
  } s;
  CHECK(s.stock.charge(s.objcg, 5) == 0);
  CHECK(s.group.memory.read() == 4);
  CHECK(s.pages.pages(0, s.group) == 3);
  CHECK(s.stock.charge(s.objcg, 32) == 0);
  CHECK(s.pages.pages(0, s.group) == 1);
  s.stock.uncharge(s.objcg, 32);
  CHECK(s.pages.pages(0, s.group) == 3);
  CHECK(s.group.memory.read() == 4);
  CHECK(s.group.kmem() == 1);
  CHECK(recording::current().failed.empty());
}

}  // namespace
