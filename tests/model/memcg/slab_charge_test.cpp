// SPDX-License-Identifier: GPL-2.0-only
// The hooks that charge slab objects, one task at a time. All numbers are bytes, worked out by
// hand.
#include "model/memcg/slab_charge.hpp"

#include "model/memcg/multi_obj_stock.hpp"
#include "model/memcg/obj_stock.hpp"
#include "tests/model/recording_atomics.hpp"

#include <doctest/doctest.h>

#include <array>
#include <limits>
#include <string>
#include <vector>

namespace {

using namespace stockcheck;
using memcg::slab_batching;
using memcg::slab_stat;
using tests::recording;
using policy = tests::recording_atomics;
using object = memcg::slab_object<policy>;
using objcg_type = memcg::obj_cgroup<policy>;

constexpr int largest_int = std::numeric_limits<int>::max();
constexpr memcg::kmem_cache cache{.full_size = 6, .stat = slab_stat::reclaimable};

/// Notes what is asked of it, and refuses a charge when it is told to.
struct noting_stock {
  std::vector<std::string> calls;
  std::size_t refused = std::numeric_limits<std::size_t>::max();  ///< which call is refused

  int charge(objcg_type&, unsigned bytes) { return note("charge " + std::to_string(bytes)); }
  int charge_and_account(objcg_type&, unsigned bytes, unsigned nid, slab_stat) {
    return note("charge " + std::to_string(bytes) + on(nid));
  }
  void account(objcg_type&, long bytes, unsigned nid, slab_stat) {
    note("account " + std::to_string(bytes) + on(nid));
  }
  void uncharge(objcg_type&, unsigned bytes) { note("uncharge " + std::to_string(bytes)); }
  void uncharge_and_account(objcg_type&, unsigned bytes, unsigned nid, slab_stat) {
    note("uncharge " + std::to_string(bytes) + on(nid));
  }

 private:
  static std::string on(unsigned nid) { return " on " + std::to_string(nid); }
  int note(const std::string& call) {
    calls.push_back(call);
    return calls.size() - 1 == refused ? -kernel::enomem : 0;
  }
};
using call_list = std::vector<std::string>;

/// A group with an objcg on pages of 16 bytes, and three slabs, the second of which is on node 1.
struct scene {
  scene() {
    recording::clear();
    machine.enter();
  }
  scene(const scene&) = delete;
  scene& operator=(const scene&) = delete;

  kernel::machine<policy> machine{1, {}};
  kernel::cpu_mask<policy> online{1};
  memcg::no_page_stock<policy> pages;
  memcg::kmem_cgroup<policy> root{nullptr, "root"};
  memcg::kmem_cgroup<policy> group{&root, "a"};
  objcg_type objcg{group, pages.rcu(), "objcg", {.page_size = 16}};
  memcg::slab<policy> slab0{0, "slab0"};
  memcg::slab<policy> slab1{1, "slab1"};
  memcg::slab<policy> slab2{0, "slab2"};
  noting_stock noted;

  std::array<object, 4> two_nodes{{{&slab0, 0}, {&slab0, 3}, {&slab1, 0}, {&slab2, 1}}};
  std::array<object, 4> one_node{{{&slab0, 0}, {&slab2, 0}, {&slab2, 1}, {&slab0, 1}}};

  template <slab_batching Batching>
  bool alloc(std::span<const object> p, int max_int = largest_int,
             const memcg::kmem_cache& of = cache) {
    memcg::slab_charge<policy, noting_stock, Batching> hooks(noted, max_int);
    return hooks.post_alloc(objcg, of, p);
  }
  template <slab_batching Batching>
  void free(std::span<const object> p) {
    memcg::slab_charge<policy, noting_stock, Batching>(noted).free_bulk(cache, p);
  }
  /// One letter for each object: + if it is charged.
  std::string marks(std::span<const object> p) const {
    std::string all;
    for (const object& one : p) {
      const bool marked = one.in->has_obj_exts() && one.in->objcg(one.index) == &objcg;
      all.push_back(marked ? '+' : '-');
    }
    return all;
  }
  /// The next allocations: 1 for one that fails.
  void obj_exts_fail(const std::deque<unsigned>& how) {
    machine.let_allocations_fail(static_cast<unsigned>(how.size()));
    recording::current().choices = how;
  }
};

TEST_CASE("6.12 charges all objects at once, and counts each on its node") {
  scene s;
  CHECK(s.alloc<slab_batching::all_at_once>(s.two_nodes));
  CHECK(s.noted.calls == call_list{"charge 24", "account 6 on 0", "account 6 on 0",
                                   "account 6 on 1", "account 6 on 0"});
  CHECK(s.marks(s.two_nodes) == "++++");
  CHECK(s.objcg.references() == 5);
}

TEST_CASE("6.18 charges and counts each object") {
  scene s;
  CHECK(s.alloc<slab_batching::per_object>(s.two_nodes));
  CHECK(s.noted.calls ==
        call_list{"charge 6 on 0", "charge 6 on 0", "charge 6 on 1", "charge 6 on 0"});
  CHECK(s.marks(s.two_nodes) == "++++");
  CHECK(s.objcg.references() == 5);
}

TEST_CASE_TEMPLATE_DEFINE("batches end where the node changes", Batching, ends_at_node) {
  scene s;
  CHECK(s.alloc<Batching::value>(s.two_nodes));
  CHECK(s.noted.calls == call_list{"charge 12 on 0", "charge 6 on 1", "charge 6 on 0"});
  CHECK(s.marks(s.two_nodes) == "++++");
  CHECK(s.objcg.references() == 5);
  s.noted.calls.clear();
  CHECK(s.alloc<Batching::value>(s.one_node));
  CHECK(s.noted.calls == call_list{"charge 24 on 0"});
}
template <slab_batching Batching>
using batching = std::integral_constant<slab_batching, Batching>;
using at_once = batching<slab_batching::all_at_once>;
using per_object = batching<slab_batching::per_object>;
using run_length = batching<slab_batching::run_length>;
using batch_count = batching<slab_batching::batch_count>;
TEST_CASE_TEMPLATE_INVOKE(ends_at_node, run_length, batch_count);

TEST_CASE("freeing uncharges what is marked, and nothing twice") {
  scene s;
  s.alloc<slab_batching::run_length>(std::span(s.two_nodes).first(3));
  s.noted.calls.clear();
  s.free<slab_batching::run_length>(s.two_nodes);
  CHECK(s.noted.calls == call_list{"uncharge 6 on 0", "uncharge 6 on 0", "uncharge 6 on 1"});
  CHECK(s.marks(s.two_nodes) == "----");
  CHECK(s.objcg.references() == 1);
  s.free<slab_batching::run_length>(s.two_nodes);
  CHECK(s.noted.calls.size() == 3);
}

TEST_CASE("6.12 uncharges an object and takes it off its node one after the other") {
  scene s;
  s.alloc<slab_batching::all_at_once>(std::span(s.two_nodes).first(1));
  s.noted.calls.clear();
  s.free<slab_batching::all_at_once>(s.two_nodes);
  CHECK(s.noted.calls == call_list{"uncharge 6", "account -6 on 0"});
}

TEST_CASE("an object that gets no obj_exts is not charged") {
  scene s;
  s.obj_exts_fail({1});
  CHECK(s.alloc<slab_batching::per_object>(s.one_node));
  CHECK(s.marks(s.one_node) == "-+++");
  CHECK(s.noted.calls == call_list{"charge 6 on 0", "charge 6 on 0", "charge 6 on 0"});
  CHECK(s.objcg.references() == 4);
}

TEST_CASE("6.12 returns the charge of an object that gets no obj_exts") {
  scene s;
  s.obj_exts_fail({0, 1});
  CHECK(s.alloc<slab_batching::all_at_once>(s.one_node));
  CHECK(s.marks(s.one_node) == "+-++");
  CHECK(s.noted.calls ==
        call_list{"charge 24", "account 6 on 0", "uncharge 6", "account 6 on 0", "account 6 on 0"});
}

TEST_CASE("version 3 ends a run at an object without obj_exts, and skips that") {
  scene s;
  s.obj_exts_fail({0, 1});
  CHECK(s.alloc<slab_batching::run_length>(s.one_node));
  CHECK(s.marks(s.one_node) == "+-++");
  CHECK(s.noted.calls == call_list{"charge 6 on 0", "charge 12 on 0"});
}

TEST_CASE("the review's form asks once more for obj_exts: the object may be charged after all") {
  scene s;
  s.obj_exts_fail({0, 1, 0});
  CHECK(s.alloc<slab_batching::batch_count>(s.one_node));
  CHECK(s.marks(s.one_node) == "++++");
  CHECK(s.noted.calls == call_list{"charge 6 on 0", "charge 18 on 0"});

  scene again;
  again.obj_exts_fail({0, 1, 1});
  CHECK(again.alloc<slab_batching::batch_count>(again.one_node));
  CHECK(again.marks(again.one_node) == "+-++");
  CHECK(again.noted.calls == call_list{"charge 6 on 0", "charge 12 on 0"});
}

TEST_CASE("the last object may be the one without obj_exts") {
  scene s;
  s.obj_exts_fail({0, 1});
  CHECK(s.alloc<slab_batching::run_length>(std::span(s.one_node).first(2)));
  CHECK(s.marks(s.one_node) == "+---");
  CHECK(s.noted.calls == call_list{"charge 6 on 0"});
}

TEST_CASE_TEMPLATE_DEFINE("a refused charge in the middle uncharges what was charged before it",
                          Batching, undo) {
  scene s;
  s.noted.refused = 1;
  CHECK_FALSE(s.alloc<Batching::value>(s.two_nodes));
  CHECK(s.marks(s.two_nodes) == "----");
  CHECK(s.objcg.references() == 1);
  if (Batching::value == slab_batching::per_object) {
    CHECK(s.noted.calls == call_list{"charge 6 on 0", "charge 6 on 0", "uncharge 6 on 0"});
  } else {
    CHECK(s.noted.calls ==
          call_list{"charge 12 on 0", "charge 6 on 1", "uncharge 6 on 0", "uncharge 6 on 0"});
  }
}
TEST_CASE_TEMPLATE_INVOKE(undo, per_object, run_length, batch_count);

TEST_CASE_TEMPLATE("a refused charge at the beginning has nothing to undo", Batching, at_once,
                   per_object, run_length, batch_count) {
  for (const std::size_t size : {1UL, 3UL}) {
    scene s;
    s.noted.refused = 0;
    CHECK_FALSE(s.alloc<Batching::value>(std::span(s.one_node).first(size)));
    CHECK(s.noted.calls.size() == 1);
    CHECK(s.marks(s.one_node) == "----");
    CHECK(s.objcg.references() == 1);
  }
}

TEST_CASE("an object that was freed and is allocated again is not taken for charged") {
  scene s;
  s.alloc<slab_batching::per_object>(s.one_node);
  s.free<slab_batching::per_object>(s.one_node);
  s.noted.calls.clear();
  s.noted.refused = 1;
  CHECK_FALSE(s.alloc<slab_batching::per_object>(s.one_node));
  CHECK(s.noted.calls == call_list{"charge 6 on 0", "charge 6 on 0", "uncharge 6 on 0"});
}

TEST_CASE("version 3 leaves room in an int for a page, and counts it from the first object") {
  // (31 - 16) / 6 is 2; objects from there on are charged one by one.
  scene s;
  CHECK(s.alloc<slab_batching::run_length>(s.one_node, 31));
  CHECK(s.noted.calls == call_list{"charge 12 on 0", "charge 6 on 0", "charge 6 on 0"});
  CHECK(s.marks(s.one_node) == "++++");
}

TEST_CASE("the review's form has no batches if all objects together do not fit in an int") {
  scene s;
  CHECK(s.alloc<slab_batching::batch_count>(std::span(s.one_node).first(2), 15));
  CHECK(s.noted.calls == call_list{"charge 12 on 0"});
  s.noted.calls.clear();
  CHECK(s.alloc<slab_batching::batch_count>(std::span(s.one_node).first(3), 15));
  CHECK(s.noted.calls == call_list{"charge 6 on 0", "charge 6 on 0", "charge 6 on 0"});
}

TEST_CASE("an object that leaves no room in an int for a page is charged alone") {
  scene s;
  constexpr memcg::kmem_cache large{.full_size = 20, .stat = slab_stat::reclaimable};
  CHECK(s.alloc<slab_batching::run_length>(std::span(s.one_node).first(2), 31, large));
  CHECK(s.noted.calls == call_list{"charge 20 on 0", "charge 20 on 0"});
}

TEST_CASE("obj_exts that another CPU brought are used") {
  scene s;
  CHECK_FALSE(s.slab0.has_obj_exts());
  CHECK(s.slab0.alloc_obj_exts() == 0);
  s.slab0.set_objcg(2, &s.objcg);
  CHECK(s.slab0.alloc_obj_exts() == 0);
  CHECK(s.slab0.objcg(2) == &s.objcg);
}

TEST_CASE("an entry of obj_exts that do not exist is a finding") {
  scene s;
  CHECK(s.slab0.objcg(0) == nullptr);
  REQUIRE(recording::current().failed.size() == 1);
  CHECK(recording::current().failed.front().kind == oracle::memory);
}

// With a real stock
// --------------------------------------------------------------------------------

/// What is left of a charge, however it was divided: bytes that the group pays for and no stock
/// has, bytes counted on each node, and the marks.
struct accounts {
  long bytes = 0;
  std::array<long, 2> on_node{};
  std::string marks;

  bool operator==(const accounts&) const = default;
};

/// Charges the objects, frees those that `freed` has a bit for, and charges them again.
template <class Stock, slab_batching Batching>
accounts charge_free_charge(std::span<const unsigned> nodes, unsigned freed) {
  scene s;
  Stock stock{s.online, s.pages};
  memcg::slab_charge<policy, Stock, Batching> hooks{stock};
  std::vector<object> all;
  std::vector<object> some;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    all.push_back({nodes[i] == 0 ? &s.slab0 : &s.slab1, i});
    if ((freed >> i & 1U) != 0) some.push_back(all.back());
  }
  CHECK(hooks.post_alloc(s.objcg, cache, all));
  hooks.free_bulk(cache, some);
  CHECK(hooks.post_alloc(s.objcg, cache, some));

  accounts left{.marks = s.marks(all)};
  left.bytes = static_cast<long>(s.group.memory.read() * s.objcg.page_size()) -
               static_cast<long>(stock.bytes(0, s.objcg)) - s.objcg.charged_bytes();
  for (unsigned nid = 0; nid < 2; ++nid)
    left.on_node.at(nid) =
        s.group.lruvec_state(nid, cache.stat) + stock.stat(0, s.objcg, nid, cache.stat);
  hooks.free_bulk(cache, all);
  stock.cpu_dead(0);
  CHECK(s.group.memory.read() == 0);
  CHECK(s.objcg.references() == 1);
  CHECK(recording::current().failed.empty());
  return left;
}

TEST_CASE_TEMPLATE("the same is charged to the same nodes, in whatever batches that is done", Stock,
                   memcg::obj_stock<policy>, memcg::multi_obj_stock<policy>) {
  for (unsigned pattern = 0; pattern < 16; ++pattern)
    for (unsigned freed = 0; freed < 16; ++freed) {
      CAPTURE(pattern);
      CAPTURE(freed);
      std::array<unsigned, 4> nodes{};
      for (unsigned i = 0; i < nodes.size(); ++i) nodes.at(i) = pattern >> i & 1U;
      const auto one_by_one = charge_free_charge<Stock, slab_batching::per_object>(nodes, freed);
      CHECK(one_by_one.bytes == 24);
      CHECK(one_by_one.on_node.at(0) + one_by_one.on_node.at(1) == 24);
      CHECK(one_by_one.marks == "++++");
      CHECK(charge_free_charge<Stock, slab_batching::all_at_once>(nodes, freed) == one_by_one);
      CHECK(charge_free_charge<Stock, slab_batching::run_length>(nodes, freed) == one_by_one);
      CHECK(charge_free_charge<Stock, slab_batching::batch_count>(nodes, freed) == one_by_one);
    }
}

}  // namespace
