// SPDX-License-Identifier: GPL-2.0-only
// struct mem_cgroup of the shim, with the kernel's own counters and the operations of
// memcg::mem_cgroup.
#pragma once

#include "kernel_source/hooks.h"
#include "kernel_source/run/kernel_counter.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace stockcheck::kernel_source {

/// The structure in memory of the platform, which may see when it is freed. Born with one
/// reference, its own; the root has none (CSS_NO_REF).
class kernel_group_memory {
 public:
  kernel_group_memory(const kernel_group_memory&) = delete;
  kernel_group_memory& operator=(const kernel_group_memory&) = delete;

  [[nodiscard]] void* self() const { return self_; }

 protected:
  kernel_group_memory();
  ~kernel_group_memory();

  /// A member of the structure.
  [[nodiscard]] void* member(const char* name) const;
  void free(const explore_site* at);
  /// Set once the memory is freed. What it held then can still be looked at when nothing runs.
  bool is_gone_ = false;

 private:
  void* self_;
};

/// `label` names it in reports and is a literal. The parent must outlive it. Where no site is given
/// the scenario does it.
class kernel_mem_cgroup : public kernel_group_memory {
 public:
  using ulong = unsigned long;

  /// `with_memsw`: cgroup v1 accounts memory and swap in a second counter.
  kernel_mem_cgroup(kernel_mem_cgroup* parent, const char* label, bool with_memsw = false);
  kernel_mem_cgroup(const kernel_mem_cgroup&) = delete;
  kernel_mem_cgroup& operator=(const kernel_mem_cgroup&) = delete;
  ~kernel_mem_cgroup();

 private:
  class counter : public kernel_counter {
   public:
    counter(void* structure, const counter* parent, const char* label, const bool* is_gone);
  };

 public:
  counter memory;
  counter memsw;  ///< or, without, that of swap alone

  /// Whose structure has that address within. Another address is a finding; then null, where the
  /// execution goes on.
  static kernel_mem_cgroup* at(const void* address, const explore_site* at);
  static void forget_all();

  [[nodiscard]] kernel_mem_cgroup* parent() const { return parent_; }
  [[nodiscard]] bool is_root() const { return parent_ == nullptr; }
  /// do_memsw_account()
  [[nodiscard]] bool accounts_memsw() const { return with_memsw_; }
  [[nodiscard]] const char* label() const { return memory.label(); }
  /// mem_cgroup_is_descendant(): a group is its own descendant. May be asked without a reference in
  /// an RCU read section.
  [[nodiscard]] bool is_descendant_of(const kernel_mem_cgroup& root, const explore_site* at) const;

  /// css_get_many(), css_tryget(), css_put_many(), by the rules of kernel::css_ref; nothing for the
  /// root.
  void get(long references = 1, const explore_site* at = nullptr);
  bool tryget(const explore_site* at = nullptr);
  void put(long references = 1, const explore_site* at = nullptr);
  [[nodiscard]] long references() const;

  /// What nobody holds any more, from it and all above it.
  void uncharge(ulong nr_pages);
  /// Whoever uses its counters needs a reference.
  void expect_alive(const explore_site* at) const;
  /// Whoever looks at it while it may be freed is in an RCU read section.
  void expect_memory(const explore_site* at) const;
  [[nodiscard]] bool is_freed() const;
  /// The references are gone and a grace period has passed: not even a reader under RCU may look at
  /// it any more.
  void free_memory();

  /// memory.stat
  void count(sc_statistic of, long by, const explore_site* at);
  [[nodiscard]] long counted(sc_statistic of) const;

 private:
  [[nodiscard]] std::uint64_t read(const void* cell, std::size_t size, explore_order order,
                                   const explore_site* at) const;
  void released(const explore_site* at);

  kernel_mem_cgroup* parent_;
  bool with_memsw_;
  // Shared like the structure, but not freed with it.
  int released_ = 0;  ///< the last reference is gone
  int memory_freed_ = 0;
  static constexpr std::size_t max_cpus = 4;
  std::array<std::array<long, SC_NR_STATISTICS>, max_cpus> statistics_{};
};

}  // namespace stockcheck::kernel_source
