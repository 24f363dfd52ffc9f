// SPDX-License-Identifier: GPL-2.0-only
// struct mem_cgroup as far as kernel memory sees it: its obj_cgroups and its statistics.
#pragma once

#include "model/kernel/atomic.hpp"
#include "model/kernel/list.hpp"
#include "model/kernel/machine.hpp"
#include "model/kernel/word.hpp"
#include "model/memcg/mem_cgroup.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace stockcheck::memcg {

template <atomics_policy A>
class obj_cgroup;

/// Which of the statistics of a node an object belongs to.
enum class slab_stat : std::uint8_t {
  reclaimable,    ///< NR_SLAB_RECLAIMABLE_B
  unreclaimable,  ///< NR_SLAB_UNRECLAIMABLE_B
};
inline constexpr std::array slab_stats{slab_stat::reclaimable, slab_stat::unreclaimable};

/// A mem_cgroup with what obj_cgroups need of it. Thread-safe, except where it says otherwise.
template <atomics_policy A>
class kmem_cgroup : public mem_cgroup<A> {
 public:
  static constexpr unsigned max_nodes = 2;

  kmem_cgroup(kmem_cgroup* parent, const char* label)
      : mem_cgroup<A>(parent, label), objcg_list(label), parent_(parent) {
    A::label(objcg, label, "objcg");
    A::label(lock_, label, "objcg_lock");
    for (auto& of_cpu : cpus_) {
      A::label(of_cpu.kmem, label, "kmem");
      for (unsigned nid = 0; nid < max_nodes; ++nid)
        for (auto& cell : of_cpu.lruvec.at(nid)) A::label(cell, label, node_names.at(nid));
    }
  }

  [[nodiscard]] kmem_cgroup* parent() const { return parent_; }

  /// The group's own, null once it is offline. Protected by RCU.
  kernel::word<A, obj_cgroup<A>*> objcg{nullptr};
  /// The objcgs that it inherited from its children, under objcg_lock().
  kernel::list_head<A, obj_cgroup<A>> objcg_list;
  /// One for all groups of the hierarchy. Interrupts are off while it is held.
  typename A::mutex& objcg_lock() { return parent_ == nullptr ? lock_ : parent_->objcg_lock(); }

  /// MEMCG_KMEM, in pages.
  void mod_kmem(long nr_pages) { this_cpu().kmem.add(nr_pages); }
  /// mod_memcg_lruvec_state(), in bytes. May be called without a reference in an RCU read section.
  void mod_lruvec_state(unsigned nid, slab_stat idx, long bytes,
                        location at = location::current()) {
    this->expect_memory(at);
    this_cpu().lruvec.at(nid).at(static_cast<std::size_t>(idx)).add(bytes, at);
  }

  // These are about this group alone, when no task runs -------------------------------------------

  [[nodiscard]] long kmem() const {
    long sum = 0;
    for (const cpu_stats& of : cpus_) sum += of.kmem.read();
    return sum;
  }
  [[nodiscard]] long lruvec_state(unsigned nid, slab_stat idx) const {
    long sum = 0;
    for (const cpu_stats& of : cpus_)
      sum += of.lruvec.at(nid).at(static_cast<std::size_t>(idx)).read();
    return sum;
  }

 private:
  static constexpr std::size_t max_cpus = 4;
  static constexpr std::array node_names{"slab[node0]", "slab[node1]"};
  static_assert(node_names.size() == max_nodes);

  /// A CPU adds to its own by this_cpu_add(), which an interrupt cannot split.
  struct cpu_stats {
    kernel::atomic_long_t<A> kmem{0};
    std::array<std::array<kernel::atomic_long_t<A>, slab_stats.size()>, max_nodes> lruvec;
  };
  cpu_stats& this_cpu() { return cpus_.at(kernel::machine<A>::current().self().where.cpu); }

  kmem_cgroup* parent_;
  typename A::mutex lock_;
  std::array<cpu_stats, max_cpus> cpus_;
};

}  // namespace stockcheck::memcg
