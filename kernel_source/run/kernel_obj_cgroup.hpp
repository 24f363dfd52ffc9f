// SPDX-License-Identifier: GPL-2.0-only
// struct obj_cgroup of the kernel's own file, with the operations of memcg::obj_cgroup: what a
// scenario calls of it.
#pragma once

#include "kernel_source/run/kernel_kmem_cgroup.hpp"
#include "kernel_source/shim/obj_stock.h"
#include "model/memcg/obj_cgroup.hpp"

#include <optional>

namespace stockcheck::kernel_source {

/// A number of the compiled code, by an access that races with nothing.
long number_at(const sc_cell& cell);

/// Amounts are bytes. Functions are the kernel's of the same name.
class kernel_obj_cgroup {
 public:
  using group = kernel_kmem_cgroup;

  /// memcg_online_kmem(): the objcg of a group that is being set up. The groups must outlive it;
  /// `label` names it in reports and is a literal.
  template <class Rcu>
  kernel_obj_cgroup(group& memcg, Rcu&, const char* label, memcg::objcg_rules rules)
      : kernel_obj_cgroup(memcg, label, rules) {}
  kernel_obj_cgroup(const kernel_obj_cgroup&) = delete;
  kernel_obj_cgroup& operator=(const kernel_obj_cgroup&) = delete;
  ~kernel_obj_cgroup();

  [[nodiscard]] const char* label() const { return label_; }

  void get();
  void put();

  // Only when no task runs, or when it is known that nobody uses it any more.

  [[nodiscard]] long references() const {
    return at_end_ ? at_end_->references : cell_references();
  }
  [[nodiscard]] long charged_bytes() const { return at_end_ ? at_end_->bytes : cell_bytes(); }
  [[nodiscard]] bool is_released() const { return asked(EXPLORE_RELAXED); }

  /// Whether kfree_rcu() has been called for it.
  [[nodiscard]] bool waits_to_be_freed() const { return asked(EXPLORE_ACQUIRE); }
  /// What kfree_rcu() does in the end, after a grace period.
  void free_memory();

  /// The kernel's structure, and whose it is: null for a null pointer.
  [[nodiscard]] void* self() const { return memory_; }
  static kernel_obj_cgroup* of(const void* memory);
  /// kfree_rcu() is called.
  void free_later(const explore_site* at);

  static const sc_obj_stock& table() { return kernel_object::current().obj_stock(); }

 private:
  struct last_state {
    long references = 0;
    long bytes = 0;
  };

  kernel_obj_cgroup(group& memcg, const char* label, memcg::objcg_rules rules);

  /// Whether kfree_rcu() has been called for it.
  [[nodiscard]] bool asked(explore_order order) const;
  /// The memory of a new one.
  static void* online(group& memcg, memcg::objcg_rules rules);
  [[nodiscard]] long cell_references() const;
  [[nodiscard]] long cell_bytes() const;

  const char* label_;
  void* memory_;
  int kfree_rcu_ = 0;                 ///< shared
  std::optional<last_state> at_end_;  ///< once the memory has been freed
};

/// What a group that goes offline does with its objcgs.
void memcg_reparent_objcgs(kernel_kmem_cgroup& memcg);
/// With a reference, or null. In an RCU read section, which is the caller's.
kernel_obj_cgroup* get_obj_cgroup_from_memcg(kernel_kmem_cgroup& memcg);

}  // namespace stockcheck::kernel_source
