// SPDX-License-Identifier: GPL-2.0-only
// Scenarios of every kind of byte stock: tasks look for the objcg of a group.
#pragma once

#include "checks/object_stock/object_families.hpp"

namespace stockcheck::checks {

/// A task has group a and looks for its objcg.
template <class Family>
struct object_lookup : object_child<Family> {
  /// A byte is charged to whatever objcg is found.
  void charge_found() {
    auto* const found = look_up();
    if (found == nullptr) return;
    auto& of = found == &this->a.objcg() ? this->a : this->p;
    of.alloc(1);
    found->put();
  }

 private:
  auto* look_up() {
    const typename kernel::rcu<typename Family::atomics>::read_section section(this->stock.rcu());
    return get_obj_cgroup_from_memcg(this->a.memcg());
  }
};

template <class Family>
struct object_lookup_against_charge : object_lookup<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "lookup_against_charge">,
      .summary = "Two tasks look for the objcg of a group; its stocks are drained meanwhile.",
      .task_list = {{{"look for an objcg, alloc 1"},
                     {"look for an objcg, alloc 1, drain a", {.cpu = 1}}}},
  };

  object_lookup_against_charge() {
    this->on_cpu(1, [this] { this->a.alloc_slab(2, 0); });
  }
  void task(unsigned number) {
    this->charge_found();
    if (number == 1) this->a.drain_all();
  }
};

template <class Family>
struct object_lookup_below_root : object_single<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "lookup_below_root">,
      .summary =
          "A task looks for the objcg of a child of the root that goes offline: there is none "
          "if it comes too late, and nothing is charged.",
      .task_list = {{{"look for an objcg"}, {"a goes offline", {.cpu = 1}}}},
  };

  void task(unsigned number) {
    if (number == 1) return this->a.go_offline();
    const typename kernel::rcu<typename Family::atomics>::read_section section(this->stock.rcu());
    auto* const found = get_obj_cgroup_from_memcg(this->a.memcg());
    if (found != nullptr) found->put();
  }
};

/// The task that looks for it belongs to the group, which is not freed before it has ended.
template <class Family>
struct object_lookup_against_offline : object_lookup<Family> {
  static constexpr scenario_info info{
      .name = name_in_family<Family, "lookup_against_offline">,
      .summary =
          "A task looks for the objcg of a group that goes offline, and finds that of the parent "
          "if "
          "it comes too late.",
      .task_list = {{{"look for an objcg, alloc 1"},
                     {"a goes offline, free its objcg", {.cpu = 1}}}},
  };

  object_lookup_against_offline() { this->a.memcg().get(); }
  void task(unsigned number) {
    if (number == 0) {
      this->charge_found();
      this->a.memcg().put();
    } else {
      this->a.go_offline();
      this->a.free_if_released();
    }
  }
};

}  // namespace stockcheck::checks
