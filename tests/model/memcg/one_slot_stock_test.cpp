// SPDX-License-Identifier: GPL-2.0-only
// The per-CPU stock with one slot, one task at a time.
#include "model/memcg/one_slot_stock.hpp"

#include "model/memcg/folio_charge.hpp"
#include "tests/model/recording_atomics.hpp"

#include <doctest/doctest.h>

#include <array>

namespace {

using namespace stockcheck;
using tests::recording;
using policy = tests::recording_atomics;
using group = memcg::mem_cgroup<policy>;
using decoupled = memcg::one_slot_stock<policy>;
using coupled = memcg::one_slot_stock<policy, memcg::coupled_references<policy>>;

/// Two CPUs with a task each, and two groups.
template <class Stock>
struct scene {
  scene() {
    recording::clear();
    machine.finish_boot();
  }
  ~scene() {
    if (Stock::couples_references) return;
    stock.cpu_dead(0);
    stock.cpu_dead(1);
  }
  scene(const scene&) = delete;
  scene& operator=(const scene&) = delete;

  template <class Action>
  auto on_cpu(unsigned cpu, Action action) {
    std_atomics::current().number = cpu;
    auto result = action();
    std_atomics::current().number = 0;
    return result;
  }
  bool charge(unsigned cpu, group& to, unsigned long nr_pages) {
    return on_cpu(cpu, [&] { return memcg::charge_folio(path, to, nr_pages) == 0; });
  }
  void refill(unsigned cpu, group& of, unsigned long nr_pages) {
    on_cpu(cpu, [&] { return stock.refill(of, nr_pages), 0; });
  }

  static constexpr std::array tasks{kernel::placement{.cpu = 0}, kernel::placement{.cpu = 1}};
  struct booted : kernel::machine<policy> {
    booted() : machine(2, tasks) { enter(); }
  };
  booted machine;
  kernel::cpu_mask<policy> online{2};
  Stock stock{online, 8};
  memcg::charge_path<policy, Stock> path{stock};
  group root{nullptr, "root"};
  group a{&root, "a"};
  group b{&root, "b"};
};

TEST_CASE_TEMPLATE("a miss charges a batch and keeps the surplus, a hit charges nothing", Stock,
                   decoupled, coupled) {
  scene<Stock> s;
  CHECK(s.charge(0, s.a, 3));
  CHECK(s.a.memory.read() == 8);
  CHECK(s.root.memory.read() == 8);
  CHECK(s.stock.pages(0, s.a) == 5);
  CHECK(s.stock.pages(1, s.a) == 0);
  CHECK(s.charge(0, s.a, 5));
  CHECK(s.a.memory.read() == 8);
  CHECK(s.stock.pages(0, s.a) == 0);
  CHECK(recording::current().failed.empty());
}

TEST_CASE("a stock serves the group it names, and no more than a batch at once") {
  scene<decoupled> s;
  s.refill(0, s.a, 8);
  CHECK_FALSE(s.stock.consume(s.b, 1));
  CHECK_FALSE(s.stock.consume(s.a, 9));
  CHECK(s.stock.pages(0, s.a) == 8);
  CHECK(s.stock.consume(s.a, 8));
  CHECK_FALSE(s.stock.consume(s.a, 1));
  CHECK(s.stock.pointers(0, s.a) == 1);
  s.a.memory.charge(8);
}

TEST_CASE("a refill of another group returns what was there") {
  scene<decoupled> s;
  CHECK(s.charge(0, s.a, 3));
  CHECK(s.charge(0, s.b, 1));
  CHECK(s.a.memory.read() == 3);
  CHECK(s.stock.pointers(0, s.a) == 0);
  CHECK(s.stock.pages(0, s.b) == 7);
  CHECK(s.a.references() == 2);
  CHECK(s.b.references() == 3);
}

TEST_CASE("above a batch the whole stock goes back") {
  scene<decoupled> s;
  s.a.memory.charge(14);
  s.refill(0, s.a, 8);
  CHECK(s.stock.pages(0, s.a) == 8);
  s.refill(0, s.a, 1);
  CHECK(s.stock.pages(0, s.a) == 0);
  CHECK(s.a.memory.read() == 5);
  CHECK(s.stock.pointers(0, s.a) == 0);
}

TEST_CASE("a batch that does not fit below the limit is replaced by the exact amount") {
  scene<decoupled> s;
  s.root.memory.set_max(5);
  CHECK(s.charge(0, s.a, 3));
  CHECK(s.a.memory.read() == 3);
  CHECK(s.stock.pages(0, s.a) == 0);
  CHECK_FALSE(s.charge(0, s.a, 3));
  CHECK(s.root.memory.read() == 3);
}

TEST_CASE("memory and swap that were charged first are returned when memory is refused") {
  scene<decoupled> s;
  group v1(nullptr, "v1", true);
  v1.memory.set_max(5);
  CHECK_FALSE(s.charge(0, v1, 6));
  CHECK(v1.memsw.read() == 0);
  CHECK(s.charge(0, v1, 4));
  CHECK(v1.memsw.read() == 4);
  memcg::uncharge_folio<decoupled>(v1, 4);
  CHECK(v1.memsw.read() == 0);
}

TEST_CASE("coupled references are those of charged pages, and move with them") {
  scene<coupled> s;
  CHECK(s.charge(0, s.a, 3));
  CHECK(s.a.references() == 1 + 8);
  CHECK(s.charge(0, s.a, 5));
  CHECK(s.a.references() == 1 + 8);
  memcg::uncharge_folio<coupled>(s.a, 3);
  CHECK(s.a.references() == 1 + 5);
  s.refill(0, s.a, 5);
  CHECK(s.a.references() == 1 + 5);
  s.stock.cpu_dead(0);
  CHECK(s.a.references() == 1);
}

TEST_CASE("decoupled references are those of folios and of stocks that name the group") {
  scene<decoupled> s;
  CHECK(s.charge(0, s.a, 3));
  CHECK(s.a.references() == 1 + 1 + 1);
  CHECK(s.charge(0, s.a, 5));
  CHECK(s.a.references() == 1 + 2 + 1);
  memcg::uncharge_folio<decoupled>(s.a, 3);
  CHECK(s.a.references() == 1 + 1 + 1);
  s.stock.cpu_dead(0);
  CHECK(s.a.references() == 1 + 1);
}

TEST_CASE("draining asks the CPUs that keep pages of the group or its descendants") {
  scene<decoupled> s;
  CHECK(s.charge(0, s.a, 3));
  CHECK(s.charge(1, s.a, 3));
  s.stock.drain_all(s.b);
  CHECK(s.stock.pages(0, s.a) == 5);
  s.stock.drain_all(s.root);
  // This CPU at once, the other one when its worker runs.
  CHECK(s.stock.pages(0, s.a) == 0);
  CHECK_FALSE(s.stock.is_flushing(0));
  CHECK(s.stock.pages(1, s.a) == 5);
  CHECK(s.stock.is_flushing(1));
  s.machine.quiesce();
  s.stock.work().flush(s.online);
  CHECK(s.stock.pages(1, s.a) == 0);
  CHECK_FALSE(s.stock.is_flushing(1));
  CHECK(s.a.memory.read() == 6);
}

TEST_CASE("a CPU whose stock is empty is not drained") {
  scene<decoupled> s;
  CHECK(s.charge(0, s.a, 3));
  CHECK(s.charge(0, s.a, 5));
  s.stock.drain_all(s.root);
  CHECK(s.stock.pointers(0, s.a) == 1);
}

TEST_CASE("isolated CPUs are left alone and not marked, as are those that are offline") {
  scene<decoupled> s;
  CHECK(s.charge(1, s.a, 3));
  s.stock.isolate(1);
  s.stock.drain_all(s.root);
  CHECK_FALSE(s.stock.is_flushing(1));
  s.stock.end_isolation(1);
  s.online.take_down(1, [](unsigned) {});
  s.stock.drain_all(s.root);
  CHECK_FALSE(s.stock.is_flushing(1));
  s.online.bring_up(1);
  s.stock.drain_all(s.root);
  CHECK(s.stock.is_flushing(1));
}

TEST_CASE("what a dead CPU keeps goes back") {
  scene<decoupled> s;
  CHECK(s.charge(1, s.a, 3));
  s.stock.cpu_dead(1);
  CHECK(s.stock.pages(1, s.a) == 0);
  CHECK(s.a.memory.read() == 3);
  CHECK(recording::current().failed.empty());
}

}  // namespace
