// SPDX-License-Identifier: GPL-2.0-only
// Socket memory that goes through the stock, one task at a time.
#include "model/memcg/socket_charge.hpp"

#include "model/memcg/one_slot_stock.hpp"
#include "tests/model/recording_atomics.hpp"

#include <doctest/doctest.h>

#include <array>

namespace {

using namespace stockcheck;
using tests::recording;
using policy = tests::recording_atomics;
using stock_of = memcg::one_slot_stock<policy>;

struct scene {
  scene() {
    recording::clear();
    machine.finish_boot();
  }
  ~scene() { stock.cpu_dead(0); }
  scene(const scene&) = delete;
  scene& operator=(const scene&) = delete;

  static constexpr std::array tasks{kernel::placement{.cpu = 0}};
  struct booted : kernel::machine<policy> {
    booted() : machine(1, tasks) { enter(); }
  };
  booted machine;
  kernel::cpu_mask<policy> online{1};
  stock_of stock{online, 4};
  memcg::mem_cgroup<policy> root{nullptr, "root"};
  memcg::mem_cgroup<policy> a{&root, "a"};
  memcg::charge_path<policy, stock_of> path{stock};
  memcg::socket_charge<policy> sockets;
};

TEST_CASE("a socket is charged through the stock and counted") {
  scene s;
  CHECK(s.sockets.charge(s.path, s.a, 1));
  CHECK(s.sockets.pages() == 1);
  CHECK(s.a.memory.read() == 4);
  CHECK(s.stock.pages(0, s.a) == 3);
}

TEST_CASE("what a socket gives back stays in the stock and charged") {
  scene s;
  CHECK(s.sockets.charge(s.path, s.a, 2));
  s.sockets.uncharge(s.stock, s.a, 2);
  CHECK(s.sockets.pages() == 0);
  CHECK(s.a.memory.read() == 4);
  CHECK(s.stock.pages(0, s.a) == 4);
}

TEST_CASE("more than a batch goes back at once, with what was in the stock") {
  scene s;
  CHECK(s.sockets.charge(s.path, s.a, 5));
  CHECK(s.sockets.charge(s.path, s.a, 1));
  CHECK(s.a.memory.read() == 9);
  s.sockets.uncharge(s.stock, s.a, 5);
  CHECK(s.a.memory.read() == 1);
  CHECK(s.stock.pages(0, s.a) == 0);
}

TEST_CASE("a socket holds no references for its pages, and a refused one nothing at all") {
  scene s;
  s.root.memory.set_max(1);
  CHECK(s.sockets.charge(s.path, s.a, 1));
  CHECK(s.a.references() == 1);
  CHECK_FALSE(s.sockets.charge(s.path, s.a, 1));
  CHECK(s.sockets.pages() == 1);
  CHECK(s.a.memory.read() == 1);
}

}  // namespace
