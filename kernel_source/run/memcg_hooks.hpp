// SPDX-License-Identifier: GPL-2.0-only
// What memory cgroups are to the kernel's code, wherever it runs.
#pragma once

#include "kernel_source/hooks.h"

namespace stockcheck::kernel_source {

const sc_memcg_hooks& memcg_hooks();

/// An execution begins: nothing is left of the one before.
void forget_memcg();

/// Constants of the kernel that scenarios make small, for the execution.
struct memcg_settings {
  unsigned charge_batch = 64;  ///< MEMCG_CHARGE_BATCH, in pages
  unsigned page_shift = 12;
  bool accounts_memsw = false;  ///< do_memsw_account()
};
memcg_settings& settings();

}  // namespace stockcheck::kernel_source
