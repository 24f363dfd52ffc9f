// SPDX-License-Identifier: GPL-2.0-only
/* Behind what was cut out of mm/memcontrol.c, whose functions are static: fills the table of
 * memcg_stock.h. */
#include <stockcheck/memcg_stock.h>

static void* stock_of(unsigned cpu) { return &per_cpu(memcg_stock, cpu); }
static void refill(void* memcg, unsigned nr_pages) { refill_stock(memcg, nr_pages); }
#ifdef SC_HAS_SEPARATE_DRAINS
static void drain_local(unsigned cpu) { drain_local_memcg_stock(&per_cpu(memcg_stock, cpu).work); }
static void drain_local_objects(unsigned cpu) {
  drain_local_obj_stock(&per_cpu(obj_stock, cpu).work);
}
#else
static void drain_local(unsigned cpu) { drain_local_stock(&per_cpu(memcg_stock, cpu).work); }
#endif
static void drain_all(void* root) { drain_all_stock(root); }
static void cpu_dead(unsigned cpu) { memcg_hotplug_cpu_dead(cpu); }

static int try_charge_as(void* memcg, unsigned nr_pages, const struct sc_charge* how) {
  gfp_t gfp = 0;
  if (how->may_block) gfp |= __GFP_DIRECT_RECLAIM;
  if (how->may_spin) gfp |= __GFP_KSWAPD_RECLAIM;
  if (how->no_retry) gfp |= __GFP_NORETRY;
  if (how->retry_may_fail) gfp |= __GFP_RETRY_MAYFAIL;
  if (how->no_fail) gfp |= __GFP_NOFAIL;
  struct task_struct task = {.flags = how->memalloc ? PF_MEMALLOC : 0,
                             .in_memcg_oom = how->in_oom};
  return SC_RUN_AS(&task, int, try_charge_memcg(memcg, gfp, nr_pages));
}
static bool charge_socket(void* memcg, unsigned nr_pages) {
  struct task_struct task = {0};
#ifdef SC_HAS_SK_CHARGE
  const struct sock sk = {memcg};
  return SC_RUN_AS(&task, bool, mem_cgroup_sk_charge(&sk, nr_pages, GFP_NOWAIT));
#else
  return SC_RUN_AS(&task, bool, mem_cgroup_charge_skmem(memcg, nr_pages, GFP_NOWAIT));
#endif
}
static void uncharge_socket(void* memcg, unsigned nr_pages) {
#ifdef SC_HAS_SK_CHARGE
  const struct sock sk = {memcg};
  mem_cgroup_sk_uncharge(&sk, nr_pages);
#else
  mem_cgroup_uncharge_skmem(memcg, nr_pages);
#endif
}

#define GROUP_FIELD(name, member) \
  {name, offsetof(struct mem_cgroup, member), sizeof(((struct mem_cgroup*)0)->member)},
static const struct sc_field group_fields[] = {
    GROUP_FIELD("references", css.references) GROUP_FIELD("memory", memory)
        GROUP_FIELD("memsw", memsw){0, 0, 0}};

/* SC_STOCK_FIELDS(X) is X(name) for each member that this kernel has. */
#define STOCK_FIELD(name)                                                                      \
  {#name, offsetof(struct memcg_stock_pcp, name), sizeof(((struct memcg_stock_pcp*)0)->name)},
static const struct sc_field stock_fields[] = {SC_STOCK_FIELDS(STOCK_FIELD){0, 0, 0}};

static const struct sc_memcg_stock memcg_stock_table = {
    .group_size = sizeof(struct mem_cgroup),
    .group_alignment = _Alignof(struct mem_cgroup),
    .group_fields = group_fields,
    .stock_fields = stock_fields,
#ifdef SC_HAS_DRAIN_MUTEX
    .drain_mutex = &percpu_charge_mutex,
#endif
#ifdef SC_ASKS_FOR_SPINNING
    .asks_for_spinning = true,
#endif
    .stock_of = stock_of,
    .refill = refill,
    .drain_local = drain_local,
#ifdef SC_HAS_SEPARATE_DRAINS
    .drain_local_objects = drain_local_objects,
#endif
    .drain_all = drain_all,
    .cpu_dead = cpu_dead,
    .try_charge = try_charge_as,
    .charge_socket = charge_socket,
    .uncharge_socket = uncharge_socket,
};

SC_EXPORT const struct sc_memcg_stock* sc_memcg_stock(void) { return &memcg_stock_table; }
