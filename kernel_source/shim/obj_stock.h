// SPDX-License-Identifier: GPL-2.0-only
/* What a scenario calls of the byte stocks of mm/memcontrol.c: the table that obj_stock.c fills. */
#ifndef SC_SHIM_OBJ_STOCK_H
#define SC_SHIM_OBJ_STOCK_H

#include "kernel_source/hooks.h"

/* Where a number lies. */
struct sc_cell {
  void* at;
  size_t size;
};

/* What there is to see of an obj_cgroup. */
enum sc_objcg_cell {
  SC_OBJCG_REFERENCES,
  SC_OBJCG_MEMCG,
  SC_OBJCG_CHARGED_BYTES,
  SC_OBJCG_LIST_NEXT,
  SC_OBJCG_LIST_PREV,
  SC_NR_OBJCG_CELLS
};

/* What a call of the slab hooks charges in one go. */
enum sc_slab_batching {
  SC_ALL_AT_ONCE,
  SC_ONE_BY_ONE,
  SC_IN_RUNS /* of objects that belong together */
};

/* Amounts are bytes. Groups are struct mem_cgroup, objcgs struct obj_cgroup. */
struct sc_obj_stock {
  /* Sets up what objects need of a new group. */
  void (*init_group)(void* memcg);
  /* The objcg of a group that is being set up; null if there is no memory. */
  void* (*online)(void* memcg);
  /* memcg_reparent_objcgs() */
  void (*reparent)(void* memcg, void* parent);
  /* With a reference, or null. In an RCU read section. */
  void* (*objcg_of)(void* memcg);
  void (*get)(void* objcg);
  void (*put)(void* objcg);
  struct sc_cell (*objcg_cell)(void* objcg, enum sc_objcg_cell which);

  int (*charge)(void* objcg, size_t bytes);
  void (*uncharge)(void* objcg, size_t bytes);
  /* mod_objcg_state() */
  void (*account)(void* objcg, unsigned node_id, bool reclaimable, int bytes);
  /* Both at once, as the slab hooks do it; null where they do one after the other. */
  int (*charge_and_account)(void* objcg, size_t bytes, unsigned node_id, bool reclaimable);
  void (*uncharge_and_account)(void* objcg, size_t bytes, unsigned node_id, bool reclaimable);

  /* The stock of a CPU, and its members as far as it has them: those of struct memcg_stock_pcp or
   * of one of its own. */
  void* (*stock_of)(unsigned cpu);
  size_t stock_size;
  const struct sc_field* stock_fields;
  /* struct pglist_data */
  void* (*node)(unsigned node_id);

  /* Slabs are `slab_size` bytes of zeroed memory with that alignment; an object is the number of a
   * byte of its slab. The size of an object is that which is charged. */
  size_t slab_size;
  enum sc_slab_batching slab_batching;
  void (*slab_init)(void* slab, unsigned node_id);
  /* False if a limit refused it. */
  bool (*post_alloc)(size_t object_size, bool reclaimable, void** objects, size_t number);
  void (*free)(size_t object_size, bool reclaimable, void* object);
  /* The address of a pointer for each object, with flags in its low bits; or 0. */
  struct sc_cell (*obj_exts)(const void* slab);
  /* 0, or an error. */
  int (*alloc_obj_exts)(void* slab);
};

#endif
