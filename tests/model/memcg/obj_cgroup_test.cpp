// SPDX-License-Identifier: GPL-2.0-only
// Object cgroups: references, what is left over, release, and reparenting.
#include "model/memcg/obj_cgroup.hpp"

#include "model/memcg/obj_stock.hpp"
#include "tests/model/memcg/objcg_scene.hpp"
#include "tests/model/recording_atomics.hpp"

#include <doctest/doctest.h>

namespace {

using namespace stockcheck;
using memcg::slab_stat;
using tests::recording;
using policy = tests::recording_atomics;
using scene = tests::objcg_scene<memcg::obj_stock<policy>>;

void offline(scene::group& group) {
  memcg::memcg_reparent_objcgs(group);
  group.put();
}

TEST_CASE("a group has an objcg, the root has none") {
  scene s;
  CHECK(memcg::get_obj_cgroup_from_memcg(s.of(0)) == &s.objcg(0));
  CHECK(s.objcg(0).references() == 2);
  CHECK(memcg::get_obj_cgroup_from_memcg(s.root) == nullptr);
  CHECK(&s.objcg(0).memcg() == &s.of(0));
}

TEST_CASE("what is left over is taken once, as a whole") {
  scene s;
  s.objcg(0).add_charged_bytes(5);
  s.objcg(0).add_charged_bytes(6);
  CHECK(s.objcg(0).charged_bytes() == 11);
  CHECK(s.objcg(0).take_charged_bytes() == 11);
  CHECK(s.objcg(0).take_charged_bytes() == 0);
}

TEST_CASE("taking reads first, and exchanges by a fully ordered operation") {
  scene s;
  s.objcg(0).add_charged_bytes(5);
  recording::current().accesses.clear();
  s.objcg(0).take_charged_bytes();
  CHECK(recording::current().accesses ==
        std::vector<tests::noted_access>{{.what = tests::operation::load},
                                         {.what = tests::operation::exchange, .how = order::full}});
  recording::current().accesses.clear();
  s.objcg(0).take_charged_bytes();
  CHECK(recording::current().accesses.size() == 1);
}

TEST_CASE("the group of an objcg comes with a reference") {
  scene s;
  CHECK(&s.objcg(0).get_mem_cgroup() == &s.of(0));
  CHECK(s.of(0).references() == 2);
  s.of(0).put();
}

TEST_CASE("statistics are those of a node of the group") {
  scene s;
  s.objcg(0).mod_state(1, slab_stat::reclaimable, 7);
  s.objcg(0).mod_state(1, slab_stat::reclaimable, -2);
  s.objcg(0).mod_state(0, slab_stat::unreclaimable, 3);
  CHECK(s.of(0).lruvec_state(1, slab_stat::reclaimable) == 5);
  CHECK(s.of(0).lruvec_state(0, slab_stat::reclaimable) == 0);
  CHECK(s.of(0).lruvec_state(0, slab_stat::unreclaimable) == 3);
  CHECK(s.root.lruvec_state(1, slab_stat::reclaimable) == 0);
}

TEST_CASE("once its group is offline an objcg is the parent's, and looking for one goes up") {
  scene s;
  s.objcg(0).get();
  offline(s.of(0));
  CHECK(s.of(0).is_freed());
  CHECK(&s.objcg(0).memcg() == &s.root);
  CHECK(s.objcg(0).references() == 1);
  CHECK(memcg::get_obj_cgroup_from_memcg(s.of(0)) == nullptr);
  s.objcg(0).mod_state(0, slab_stat::reclaimable, 4);
  CHECK(s.root.lruvec_state(0, slab_stat::reclaimable) == 4);
  s.objcg(0).put();
  CHECK(s.objcg(0).is_released());
  CHECK(s.findings() == 0);
}

TEST_CASE("a group that goes offline passes on what it inherited") {
  scene s;
  scene::group child(&s.of(0), "child");
  scene::objcg_type of_child(child, s.stock.rcu(), "objcg of child");
  of_child.get();
  s.objcg(0).get();
  offline(child);
  CHECK(&of_child.memcg() == &s.of(0));
  offline(s.of(0));
  CHECK(&of_child.memcg() == &s.root);
  CHECK(&s.objcg(0).memcg() == &s.root);
  of_child.put();
  s.objcg(0).put();
  CHECK(s.root.objcg_list.is_empty());
  CHECK(of_child.waits_to_be_freed());
  CHECK(s.findings() == 0);
}

TEST_CASE("the last reference takes with it the whole pages that are left over") {
  scene s;
  s.of(0).memory.charge(3);
  s.of(0).mod_kmem(3);
  s.objcg(0).add_charged_bytes(2 * scene::page);
  s.objcg(0).put();
  CHECK(s.objcg(0).is_released());
  CHECK(s.of(0).memory.read() == 1);
  CHECK(s.of(0).kmem() == 1);
  CHECK(s.of(0).references() == 1);
  CHECK(s.findings() == 0);
}

TEST_CASE("a part of a page that is left over at the release is a finding") {
  scene s;
  s.objcg(0).add_charged_bytes(scene::page + 1);
  s.of(0).memory.charge(1);
  s.objcg(0).put();
  REQUIRE(s.findings() == 1);
  CHECK(recording::current().failed.front().kind == oracle::conservation);
}

TEST_CASE("an objcg that is gone is not found again, and using it is a finding") {
  scene s;
  s.objcg(0).put();
  CHECK_FALSE(s.objcg(0).tryget());
  CHECK(s.findings() == 0);
  s.objcg(0).get();
  CHECK(s.findings() == 1);
  s.objcg(1).free_memory();
  CHECK(&s.objcg(1).memcg() == &s.of(1));
  CHECK(s.findings() == 2);
}

TEST_CASE("since 6.16 the root keeps what was charged on behalf of its children") {
  scene s;
  scene::objcg_type keeping(s.of(0), s.stock.rcu(), "objcg",
                            {.page_size = 16, .root_keeps_pages = true});
  CHECK_FALSE(keeping.uncharges(s.root));
  CHECK(keeping.uncharges(s.of(0)));
  CHECK(s.objcg(0).uncharges(s.root));
}

}  // namespace
