// SPDX-License-Identifier: GPL-2.0-only
// Slab statistics of a node that a CPU keeps for a while before they are added to those of a group.
//
// Follows __account_obj_stock() of Linux 6.18, which was mod_objcg_state() in 6.12, and its form of
// 2026 with shorter numbers.
#pragma once

#include "model/memcg/obj_cgroup.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdlib>
#include <limits>

namespace stockcheck::memcg {

/// They belong to one objcg at a time, which the caller has to know, and to one node. Amounts are
/// bytes. Only their CPU touches them, without a lock. What does not fit in a `Number` is not kept.
template <atomics_policy A, std::signed_integral Number>
class kept_statistics {
 public:
  /// `owner` is a literal.
  void set_label(const char* owner) {
    A::label(node_id_, owner, "node");
    A::label(bytes_.front(), owner, "reclaimable");
    A::label(bytes_.back(), owner, "unreclaimable");
  }

  /// Bytes more or less on a node. They are kept until they are more than a page, or those of
  /// another node come.
  void add(obj_cgroup<A>& objcg, long bytes, unsigned nid, slab_stat idx) {
    if (node_id_.load() != static_cast<int>(nid)) {
      flush(objcg);
      node_id_.store(static_cast<int>(nid));
    }
    auto& kept = bytes_.at(static_cast<std::size_t>(idx));
    const long before = kept.load();
    const long sum = static_cast<int>(before + bytes);  // what is left in the kernel's int
    // Even what is larger than a page is kept once, if it fits.
    const bool keep = std::abs(sum) <= std::numeric_limits<Number>::max() &&
                      (before == 0 || std::abs(sum) <= static_cast<long>(objcg.page_size()));
    kept.store(static_cast<Number>(keep ? sum : 0));
    if (!keep) objcg.mod_state(nid, idx, sum);
  }
  /// To the objcg and the node that they are of.
  void flush(obj_cgroup<A>& objcg) {
    for (const slab_stat idx : slab_stats) {
      auto& kept = bytes_.at(static_cast<std::size_t>(idx));
      const long bytes = kept.load();
      if (bytes == 0) continue;
      objcg.mod_state(static_cast<unsigned>(node_id_.load()), idx, bytes);
      kept.store(0);
    }
    node_id_.store(no_node);
  }

  /// For oracles, when no task runs.
  [[nodiscard]] long bytes(unsigned nid, slab_stat idx) const {
    if (node_id_.load() != static_cast<int>(nid)) return 0;
    return bytes_.at(static_cast<std::size_t>(idx)).load();
  }

 private:
  static constexpr int no_node = -1;

  typename A::template plain<int> node_id_{no_node};
  std::array<typename A::template plain<Number>, slab_stats.size()> bytes_;
};

}  // namespace stockcheck::memcg
