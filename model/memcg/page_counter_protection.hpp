// SPDX-License-Identifier: GPL-2.0-only
// page_counter_calculate_protection(): how much of its usage a group may keep under reclaim.
//
// Follows mm/page_counter.c of Linux 6.12.
#pragma once

#include "model/memcg/page_counter.hpp"

#include <algorithm>

namespace stockcheck::memcg {

/// What effective_protection() is computed from; all amounts are pages.
struct protection_inputs {
  unsigned long usage;             ///< of the group
  unsigned long parent_usage;      ///< of its parent
  unsigned long setting;           ///< memory.min or memory.low of the group
  unsigned long parent_effective;  ///< what the parent itself may keep
  unsigned long siblings;          ///< sum of the protected usage of the parent's children
};

/// effective_protection(). A group keeps at most what it uses and claims; if the children together
/// claim more than the parent has, each gets its share; with `recursive` the parent's unclaimed
/// protection is spread by usage.
///
/// The products are computed in 64 bits and wrap for huge settings, as in the kernel:
/// a group of more than 256 GiB may be protected by half of what it should.
constexpr unsigned long effective_protection(const protection_inputs& in, bool recursive) {
  unsigned long keeps = std::min(in.usage, in.setting);
  if (in.siblings > in.parent_effective) return keeps * in.parent_effective / in.siblings;
  const bool surplus = recursive && in.parent_effective > in.siblings &&
                       in.parent_usage > in.siblings && in.usage > keeps;
  if (surplus)
    keeps +=
        (in.parent_effective - in.siblings) * (in.usage - keeps) / (in.parent_usage - in.siblings);
  return keeps;
}

/// page_counter_calculate_protection(): updates the effective protection of `counter` below `root`.
/// For a walk from the top down by one task at a time: it uses what the walk left at the parent.
/// An unused group keeps the values of the last walk.
template <atomics_policy A>
void calculate_protection(const page_counter<A>& root, page_counter<A>& counter, bool recursive) {
  if (&counter == &root) return;
  const unsigned long usage = counter.read();
  if (usage == 0) return;

  auto& effective = counter.emin_elow();
  const page_counter<A>& parent = *counter.parent();
  if (&parent == &root) {
    kernel::unmarked_write(effective.min, counter.min());
    kernel::unmarked_write(effective.low, counter.low());
    return;
  }
  const unsigned long parent_usage = parent.read();
  const auto& above = parent.emin_elow();
  kernel::WRITE_ONCE(
      effective.min,
      effective_protection({usage, parent_usage, counter.min(), kernel::READ_ONCE(above.min),
                            static_cast<unsigned long>(parent.children_min_usage())},
                           recursive));
  kernel::WRITE_ONCE(
      effective.low,
      effective_protection({usage, parent_usage, counter.low(), kernel::READ_ONCE(above.low),
                            static_cast<unsigned long>(parent.children_low_usage())},
                           recursive));
}

}  // namespace stockcheck::memcg
