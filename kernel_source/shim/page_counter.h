// SPDX-License-Identifier: GPL-2.0-only
/* What a scenario calls of mm/page_counter.c: the table that page_counter.c fills. */
#ifndef SC_SHIM_PAGE_COUNTER_H
#define SC_SHIM_PAGE_COUNTER_H

#include "kernel_source/hooks.h"

/* Amounts are pages; a counter is `size` bytes of zeroed memory with that alignment. Functions that
 * this kernel does not have are null. */
struct sc_page_counter {
  size_t size;
  size_t alignment;
  const struct sc_field* fields; /* up to one without a name */

  void (*init)(void* counter, void* parent, bool protection_support);
  unsigned long (*read)(void* counter);
  void (*cancel)(void* counter, unsigned long nr_pages);
  void (*charge)(void* counter, unsigned long nr_pages);
  bool (*try_charge)(void* counter, unsigned long nr_pages, void** fail);
  void (*uncharge)(void* counter, unsigned long nr_pages);
  int (*set_max)(void* counter, unsigned long nr_pages);
  void (*set_min)(void* counter, unsigned long nr_pages);
  void (*set_low)(void* counter, unsigned long nr_pages);
  void (*set_high)(void* counter, unsigned long nr_pages);
  void (*reset_watermark)(void* counter);
  void (*calculate_protection)(void* root, void* counter, bool recursive);

  /* Only kernels with patches that give a counter stocks of its own have these. */
  int (*alloc_stock)(void* counter, unsigned batch);
  void (*free_stock)(void* counter);
  void (*drain_stock)(void* counter, unsigned cpu);
  bool (*try_charge_stock)(void* counter, unsigned long nr_pages, void** fail,
                           unsigned long* nr_charged);
  /* The number of pages that a CPU keeps: where it lies and its size; null without a stock. */
  void* (*stock_pages)(void* counter, unsigned cpu, size_t* size);
};

#endif
