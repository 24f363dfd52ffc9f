// SPDX-License-Identifier: GPL-2.0-only
// Groups with objcgs, and byte stocks of two CPUs with a task on each, for tests.
#pragma once

#include "model/kernel/cpu_mask.hpp"
#include "model/memcg/obj_cgroup.hpp"
#include "tests/model/recording_atomics.hpp"

#include <array>
#include <memory>

namespace stockcheck::tests {

/// Groups a, b and c below a root, with pages of 16 bytes. `Stock` may be an obj_stock or a
/// multi_obj_stock.
template <class Stock>
struct objcg_scene {
  using policy = recording_atomics;
  using group = memcg::kmem_cgroup<policy>;
  using objcg_type = memcg::obj_cgroup<policy>;
  static constexpr unsigned page = 16;

  explicit objcg_scene(unsigned page_size = page) {
    const memcg::objcg_rules rules{.page_size = page_size,
                                   .root_keeps_pages = Stock::root_keeps_pages};
    for (std::size_t i = 0; i < groups.size(); ++i) {
      groups.at(i) = std::make_unique<group>(&root, "group");
      objcgs.at(i) = std::make_unique<objcg_type>(*groups.at(i), stock.rcu(), "objcg", rules);
    }
    machine.finish_boot();
    recording::current().failed.clear();
  }
  objcg_scene(const objcg_scene&) = delete;
  objcg_scene& operator=(const objcg_scene&) = delete;

  static constexpr std::array tasks{kernel::placement{.cpu = 0}, kernel::placement{.cpu = 1}};
  struct booted : kernel::machine<policy> {
    booted() : machine(2, tasks) {
      recording::clear();
      enter();
    }
  };
  booted machine;
  kernel::cpu_mask<policy> online{2};
  typename Stock::page_stock_type pages;
  Stock stock{online, pages};
  group root{nullptr, "root"};
  std::array<std::unique_ptr<group>, 3> groups;
  std::array<std::unique_ptr<objcg_type>, 3> objcgs;

  group& of(std::size_t number) { return *groups.at(number); }
  objcg_type& objcg(std::size_t number) { return *objcgs.at(number); }
  template <class Action>
  static void on(unsigned cpu, Action action) {
    std_atomics::current().number = cpu;
    action();
    std_atomics::current().number = 0;
  }
  static std::size_t findings() { return recording::current().failed.size(); }
};

}  // namespace stockcheck::tests
