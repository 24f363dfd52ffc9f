// SPDX-License-Identifier: GPL-2.0-only
// What a charge of a memory cgroup may do when a limit is hit.
#pragma once

namespace stockcheck::memcg {

/// Its GFP flags, and the state of its task.
struct charge_flags {
  bool may_block = true;        ///< __GFP_DIRECT_RECLAIM; an interrupt may not
  bool may_spin = true;         ///< gfpflags_allow_spinning(), 6.16: else no batch
  bool no_retry = false;        ///< __GFP_NORETRY
  bool retry_may_fail = false;  ///< __GFP_RETRY_MAYFAIL: no OOM kill
  bool no_fail = false;         ///< __GFP_NOFAIL, __GFP_HIGH: above the limit instead of refused
  bool memalloc = false;        ///< PF_MEMALLOC: the task reclaims already
  bool in_oom = false;          ///< task_in_memcg_oom()
};

}  // namespace stockcheck::memcg
