// SPDX-License-Identifier: GPL-2.0-only
// A memory cgroup with percpu memory as a scenario sees it, and the areas that belong to it.
#pragma once

#include "checks/base/scenario.hpp"
#include "model/kernel/machine.hpp"
#include "model/memcg/percpu_accounting.hpp"

#include <utility>

namespace stockcheck::checks {

template <class Subject>
class percpu_scenario;

/// A group, and its obj_cgroup, through which areas belong to it.
template <class Subject>
class percpu_group {
 public:
  using atomics = typename Subject::atomics;
  using mem_cgroup = typename Subject::percpu_accounting::mem_cgroup;
  using obj_cgroup = typename Subject::percpu_accounting::obj_cgroup;

  /// `label` names the group in reports. `parent` must outlive the group.
  percpu_group(percpu_scenario<Subject>& scenario, const char* label,
               percpu_group* parent = nullptr)
      : parent_(parent),
        memcg_(atomics::template make<mem_cgroup>(parent == nullptr ? nullptr : parent->memcg_,
                                                  label)),
        objcg_(*memcg_) {
    scenario.add(*this);
  }
  percpu_group(const percpu_group&) = delete;
  percpu_group& operator=(const percpu_group&) = delete;
  ~percpu_group() { free(); }

  /// From now on the group's areas are those of its parent. At most once, by one task.
  void go_offline() {
    offline_ = true;
    objcg_.reparent();
  }
  /// Only when no task runs.
  [[nodiscard]] bool is_offline() const { return offline_; }
  /// When it has no areas and nobody looks at it any more.
  void free() { atomics::destroy(std::exchange(memcg_, nullptr)); }

  [[nodiscard]] const mem_cgroup& memcg() const { return *memcg_; }
  [[nodiscard]] obj_cgroup& objcg() { return objcg_; }
  [[nodiscard]] bool is_below_or_is(const percpu_group& other) const {
    for (const percpu_group* g = this; g != nullptr; g = g->parent_)
      if (g == &other) return true;
    return false;
  }

 private:
  percpu_group* parent_;
  mem_cgroup* memcg_;
  obj_cgroup objcg_;
  bool offline_ = false;
};

/// An area is what __alloc_percpu_gfp() of `size` bytes returns, or nothing if that was not done.
/// One task at a time allocates and frees it.
template <class Subject>
class percpu_area {
 public:
  using ulong = unsigned long;

  percpu_area(percpu_scenario<Subject>& scenario, percpu_group<Subject>& group, ulong size)
      : accounting_(scenario.accounting()), group_(group), size_(size) {
    scenario.add(*this);
  }
  percpu_area(const percpu_area&) = delete;
  percpu_area& operator=(const percpu_area&) = delete;

  /// Fails if the machine was told to let allocations fail, and the checker chooses so.
  void alloc() {
    accounting_.pre_alloc_hook(group_.objcg(), size_);
    allocated_ = !kernel::machine<typename Subject::atomics>::current().allocation_fails();
    accounting_.post_alloc_hook(group_.objcg(), size_, allocated_);
  }
  /// As free_percpu() does, nothing for what is not allocated.
  void free() {
    if (!allocated_) return;
    allocated_ = false;
    accounting_.free_hook(group_.objcg(), size_);
  }

  [[nodiscard]] bool is_allocated() const { return allocated_; }
  [[nodiscard]] ulong size() const { return size_; }
  [[nodiscard]] const percpu_group<Subject>& group() const { return group_; }

 private:
  typename Subject::percpu_accounting& accounting_;
  percpu_group<Subject>& group_;
  ulong size_;
  bool allocated_ = false;
};

}  // namespace stockcheck::checks
