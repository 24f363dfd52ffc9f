// SPDX-License-Identifier: GPL-2.0-only
/* What a scenario calls of mm/memcontrol.c: the table that memcg_stock.c fills. */
#ifndef SC_SHIM_MEMCG_STOCK_H
#define SC_SHIM_MEMCG_STOCK_H

#include "kernel_source/hooks.h"

/* What a charge may do when a limit is hit. */
struct sc_charge {
  bool may_block;
  bool may_spin;
  bool no_retry;
  bool retry_may_fail;
  bool no_fail;
  bool memalloc;
  bool in_oom;
};

/* Amounts are pages; a group is its zeroed struct mem_cgroup, the counters of which are initialised
 * by whoever allocates it. Lists of members end with one without a name. */
struct sc_memcg_stock {
  size_t group_size;
  size_t group_alignment;
  const struct sc_field* group_fields; /* references, memory, memsw */
  const struct sc_field* stock_fields; /* of struct memcg_stock_pcp, as far as it has them */
  void* drain_mutex;                   /* of drain_all_stock(); may be null */
  bool asks_for_spinning;              /* whether a charge may spin makes a difference */

  void* (*stock_of)(unsigned cpu);
  void (*refill)(void* memcg, unsigned nr_pages);
  /* The functions of the work that was queued on a CPU. Of objects as well, unless there is
   * drain_local_objects(), which is null where one work drains all. */
  void (*drain_local)(unsigned cpu);
  void (*drain_local_objects)(unsigned cpu);
  void (*drain_all)(void* root);
  void (*cpu_dead)(unsigned cpu);
  /* 0, or -ENOMEM. */
  int (*try_charge)(void* memcg, unsigned nr_pages, const struct sc_charge* how);
  bool (*charge_socket)(void* memcg, unsigned nr_pages);
  void (*uncharge_socket)(void* memcg, unsigned nr_pages);
};

#endif
