// SPDX-License-Identifier: GPL-2.0-only
#include "kernel_source/run/object_hooks.hpp"

#include "kernel_source/run/kernel_kmem_cgroup.hpp"

#include <array>
#include <utility>

namespace stockcheck::kernel_source {

namespace {

platform& on() { return kernel_object::current().runs_on(); }

/// Holds the obj_cgroup that each task allocates objects for.
std::array<void*, max_running_tasks> objcgs{};
void*& mine() { return objcgs.at(on().task()); }

void* current_objcg() { return mine(); }

void free_later(void* memory, const explore_site* at) {
  on().perform_writes();
  kernel_obj_cgroup* const objcg = kernel_obj_cgroup::of(memory);
  if (objcg != nullptr)
    objcg->free_later(at);
  else
    on().hooks().unsupported("the shim has no kfree_rcu() of what is no obj_cgroup", at);
}

void count_slab(void* memcg, unsigned nid, bool reclaimable, long by, const explore_site* at) {
  on().perform_writes();
  if (auto* const group = kernel_kmem_cgroup::of(memcg, at); group != nullptr)
    group->count_slab(
        nid, reclaimable ? memcg::slab_stat::reclaimable : memcg::slab_stat::unreclaimable, by, at);
}

void bad_reference(const char* what, const explore_site* at) {
  on().expect(false, oracle::references, what, {}, at);
}

}  // namespace

const sc_object_hooks& object_hooks() {
  static constexpr sc_object_hooks table{.current_objcg = current_objcg,
                                         .free_later = free_later,
                                         .count_slab = count_slab,
                                         .bad_reference = bad_reference};
  return table;
}

charging_for::charging_for(kernel_obj_cgroup& objcg)
    : before_(std::exchange(mine(), objcg.self())) {}
charging_for::~charging_for() { mine() = before_; }

void forget_objects() { objcgs.fill(nullptr); }

}  // namespace stockcheck::kernel_source
