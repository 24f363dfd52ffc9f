// SPDX-License-Identifier: GPL-2.0-only
// struct mem_cgroup as far as kernel memory sees it, with the operations of memcg::kmem_cgroup.
#pragma once

#include "kernel_source/run/kernel_mem_cgroup.hpp"
#include "model/memcg/kmem_cgroup.hpp"

#include <array>
#include <cstddef>

namespace stockcheck::kernel_source {

/// A mem_cgroup with the statistics of its slabs. Scenarios with objects have no other groups.
class kernel_kmem_cgroup : public kernel_mem_cgroup {
 public:
  static constexpr unsigned max_nodes = 2;

  kernel_kmem_cgroup(kernel_kmem_cgroup* parent, const char* label);

  /// As at().
  static kernel_kmem_cgroup* of(const void* memcg, const explore_site* at);

  [[nodiscard]] kernel_kmem_cgroup* parent() const { return parent_; }

  /// mod_memcg_lruvec_state(), in bytes. May be called without a reference in an RCU read section.
  void count_slab(unsigned nid, memcg::slab_stat idx, long by, const explore_site* at);

  // Numbers of this group alone, when no task runs -----------------------------------------------

  /// MEMCG_KMEM, in pages.
  [[nodiscard]] long kmem() const { return counted(SC_KMEM); }
  [[nodiscard]] long lruvec_state(unsigned nid, memcg::slab_stat idx) const;

 private:
  static constexpr std::size_t max_cpus = 4;
  using of_nodes = std::array<std::array<long, memcg::slab_stats.size()>, max_nodes>;

  kernel_kmem_cgroup* parent_;
  /// A CPU adds to its own by this_cpu_add(), which an interrupt cannot split.
  std::array<of_nodes, max_cpus> slabs_{};
};

}  // namespace stockcheck::kernel_source
