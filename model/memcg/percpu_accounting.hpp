// SPDX-License-Identifier: GPL-2.0-only
// Accounting of percpu memory to memory cgroups, for the limit and for the statistic of each node.
//
// Follows mm/percpu.c with "mm/percpu, memcontrol: Per-memcg-lruvec percpu accounting", version 2
// (Joshua Hahn, 2026-04-03): the pcpu_memcg_*_hook()s and pcpu_mod_memcg_lruvec().
// Unlike the patch it counts possible CPUs unless told otherwise: nr_cpus_node() changes when a CPU
// goes offline, so that what is freed would not be what was added.
#pragma once

#include "model/kernel/atomic.hpp"
#include "model/kernel/limits.hpp"
#include "model/kernel/numa_topology.hpp"
#include "model/kernel/word.hpp"

#include <array>
#include <cstdint>

namespace stockcheck::memcg {

/// Percpu areas are of a multiple of this size, in bytes.
inline constexpr unsigned long pcpu_min_alloc_size = 4;
/// The largest percpu area with pages of 4 KiB (PCPU_MIN_UNIT_SIZE), in bytes for one CPU.
inline constexpr unsigned long pcpu_max_alloc_size = 32UL << 10U;

/// mult_frac(): x * numerator / denominator rounded down, without computing x * numerator, which
/// might not fit.
constexpr unsigned long mult_frac(unsigned long x, unsigned long numerator,
                                  unsigned long denominator) {
  return x / denominator * numerator + x % denominator * numerator / denominator;
}

/// Bytes of the pointers to obj_cgroups that a chunk keeps for an area of `size` bytes, once for
/// all CPUs.
constexpr unsigned long pcpu_obj_extra_size(unsigned long size) {
  return size / pcpu_min_alloc_size * sizeof(void*);
}

/// Amounts are bytes unless said otherwise. Every function may run concurrently with every other
/// one.
template <atomics_policy A>
class percpu_accounting {
 public:
  using ulong = unsigned long;
  using topology = kernel::numa_topology<A>;

  /// Which CPUs of a node are counted.
  enum class counted : std::uint8_t {
    possible,  ///< those that have a copy of every area
    /// The patch counts those of nr_cpus_node(): not the ones that are offline.
    in_node_mask,
  };

  /// What a memory cgroup keeps of percpu memory. A parent must outlive its children.
  class mem_cgroup {
   public:
    /// `label` names the group in reports and must outlive it.
    mem_cgroup(mem_cgroup* parent, const char* label) : label_(label), parent_(parent) {
      A::label(charged_, label, "charged");
      A::label(vmstats_, label, "percpu");
      for (unsigned nid = 0; nid < topology::max_nodes; ++nid)
        A::label(lruvec_stats_[nid], label, lruvec_names[nid]);
    }

    /// What memory.max is compared with. The page counter and the byte stock in front of it are
    /// models of their own: here the limit is charged in bytes and refuses nothing.
    void charge(ulong bytes) {
      for (mem_cgroup* m = this; m != nullptr; m = m->parent_)
        m->charged_.add_return(static_cast<long>(bytes));
    }
    void uncharge(ulong bytes) {
      for (mem_cgroup* m = this; m != nullptr; m = m->parent_)
        m->charged_.sub_return(static_cast<long>(bytes));
    }

    /// mod_memcg_lruvec_state(). The kernel adds to a copy of this CPU's by this_cpu_add(), which
    /// an interrupt cannot split, and sums the copies up later: an unordered atomic addition.
    void mod_lruvec_state(unsigned nid, int bytes) {
      vmstats_.add(bytes);
      lruvec_stats_.at(nid).add(bytes);
    }

    /// Descendants are included.
    [[nodiscard]] long charged() const { return charged_.read(); }
    /// Descendants are not included: the kernel adds them when it flushes the statistics.
    [[nodiscard]] long state() const { return vmstats_.read(); }
    [[nodiscard]] long lruvec_state(unsigned nid) const { return lruvec_stats_.at(nid).read(); }

    [[nodiscard]] mem_cgroup* parent() const { return parent_; }
    [[nodiscard]] const char* label() const { return label_; }

   private:
    static constexpr std::array lruvec_names{"percpu[node0]", "percpu[node1]", "percpu[node2]",
                                             "percpu[node3]"};
    static_assert(lruvec_names.size() == topology::max_nodes);

    const char* label_;
    mem_cgroup* parent_;
    kernel::atomic_long_t<A> charged_{0};
    kernel::atomic_long_t<A> vmstats_{0};
    std::array<kernel::atomic_long_t<A>, topology::max_nodes> lruvec_stats_;
  };

  /// What an area belongs to: the group it was allocated for, or, once that one is offline, the
  /// parent of that.
  class obj_cgroup {
   public:
    explicit obj_cgroup(mem_cgroup& memcg) : memcg_(&memcg) {
      A::label(memcg_, memcg.label(), "objcg->memcg");
    }
    /// obj_cgroup_memcg(). In the kernel only RCU keeps what it returns alive.
    [[nodiscard]] mem_cgroup& memcg() const { return *kernel::READ_ONCE(memcg_); }
    /// What memcg_reparent_objcgs() does to it. The caller serialises this.
    void reparent() { kernel::WRITE_ONCE(memcg_, memcg().parent()); }

   private:
    kernel::word<A, mem_cgroup*> memcg_;
  };

  explicit percpu_accounting(const topology& nodes, counted which = counted::possible)
      : nodes_(nodes), counted_(which) {
    for (unsigned nid = 0; nid < topology::max_nodes; ++nid)
      A::label(node_page_state_[nid], "nr_percpu", node_names[nid]);
  }
  percpu_accounting(const percpu_accounting&) = delete;
  percpu_accounting& operator=(const percpu_accounting&) = delete;

  /// pcpu_obj_full_size(): an area of `size` bytes on every possible CPU, and its pointers.
  [[nodiscard]] ulong full_size(ulong size) const {
    return size * nodes_.num_possible_cpus() + pcpu_obj_extra_size(size);
  }

  /// pcpu_memcg_pre_alloc_hook(): charges an area before it is looked for.
  void pre_alloc_hook(obj_cgroup& objcg, ulong size) { objcg.memcg().charge(full_size(size)); }
  /// pcpu_memcg_post_alloc_hook(): counts the area if one was found, else returns the charge.
  void post_alloc_hook(obj_cgroup& objcg, ulong size, bool found) {
    if (found) {
      mod_memcg_lruvec(objcg, size, 1);
    } else {
      objcg.memcg().uncharge(full_size(size));
    }
  }
  /// pcpu_memcg_free_hook().
  void free_hook(obj_cgroup& objcg, ulong size) {
    objcg.memcg().uncharge(full_size(size));
    mod_memcg_lruvec(objcg, size, -1);
  }

  /// The end of pcpu_alloc_pages(): a chunk got `nr_pages` pages for each possible CPU.
  void pages_allocated(unsigned nr_pages) { mod_node_page_state(nr_pages, 1); }
  /// The end of pcpu_free_pages().
  void pages_freed(unsigned nr_pages) { mod_node_page_state(nr_pages, -1); }

  /// NR_PERCPU_B of a node: pages of chunks, whoever uses them.
  [[nodiscard]] long node_page_state(unsigned nid) const { return node_page_state_.at(nid).read(); }

 private:
  static constexpr std::array node_names{"node0", "node1", "node2", "node3"};
  static_assert(node_names.size() == topology::max_nodes);

  [[nodiscard]] unsigned nr_cpus(unsigned nid) const {
    return counted_ == counted::possible ? nodes_.nr_possible_cpus_node(nid)
                                         : nodes_.nr_cpus_node(nid);
  }

  /// pcpu_mod_memcg_lruvec(): adds an area, or takes it off, in proportion to the CPUs of each
  /// node. Less than a byte for each node is lost by rounding, the same on both ways.
  void mod_memcg_lruvec(const obj_cgroup& objcg, ulong size, int sign) {
    mem_cgroup& memcg = objcg.memcg();
    const ulong extra = pcpu_obj_extra_size(size);
    for (unsigned nid = 0; nid < nodes_.nr_node_ids(); ++nid) {
      const unsigned cpus = nr_cpus(nid);
      if (cpus == 0) continue;
      const auto charge =
          static_cast<long>(cpus * size + mult_frac(extra, cpus, nodes_.num_possible_cpus()));
      memcg.mod_lruvec_state(nid, static_cast<int>(sign * charge));
    }
  }

  void mod_node_page_state(unsigned nr_pages, int sign) {
    for (unsigned nid = 0; nid < nodes_.nr_node_ids(); ++nid)
      node_page_state_.at(nid).add(sign *
                                   static_cast<long>(nr_pages * nr_cpus(nid) * kernel::page_size));
  }

  const topology& nodes_;
  counted counted_;
  std::array<kernel::atomic_long_t<A>, topology::max_nodes> node_page_state_;
};

}  // namespace stockcheck::memcg
