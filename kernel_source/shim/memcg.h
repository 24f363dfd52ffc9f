// SPDX-License-Identifier: GPL-2.0-only
/* struct mem_cgroup, and what mm/memcontrol.c asks of the rest of the kernel. */
#ifndef SC_SHIM_MEMCG_H
#define SC_SHIM_MEMCG_H

#include <stockcheck/css.h>
#include <stockcheck/kernel.h>
#include <stockcheck/sched.h>

#include <linux/page_counter.h>

#undef PAGE_SHIFT
/* A constant as long as the code runs; where #if asks for it, it is less than any number that
 * matters. */
extern const unsigned sc_page_shift;
#define PAGE_SHIFT sc_page_shift
#define MEMCG_CHARGE_BATCH sc_charge_batch()
/* Two slots behave alike, however many a kernel has. */
#define NR_MEMCG_STOCK 2
#define NR_OBJ_STOCK 2

#include <stockcheck/objcg.h>
#include <stockcheck/slab.h>

/* What a kernel has for each group on each node. */
struct lruvec {
  spinlock_t lru_lock;
  unsigned node_id;
};
struct mem_cgroup_per_node {
  struct lruvec lruvec;
  struct obj_cgroup* objcg;
  struct list_head objcg_list;
};

struct mem_cgroup {
  struct cgroup_subsys_state css;
  struct page_counter memory;
  union {
    struct page_counter swap;
    struct page_counter memsw;
  };
  struct page_counter kmem;
  struct page_counter tcpmem;
  int tcpmem_pressure;
  struct work_struct high_work;
  struct obj_cgroup* objcg;
  struct list_head objcg_list;
  /* An array where the kernel has a pointer. */
  struct mem_cgroup_per_node nodeinfo[SC_MAX_NODES][1];
};

/* Whoever uses a counter needs a reference to its group. */
#define page_counter_charge(counter, nr_pages) \
  (sc_counter_used((counter), SC_HERE), page_counter_charge((counter), (nr_pages)))
#define page_counter_try_charge(counter, nr_pages, fail) \
  (sc_counter_used((counter), SC_HERE), page_counter_try_charge((counter), (nr_pages), (fail)))
#define page_counter_uncharge(counter, nr_pages) \
  (sc_counter_used((counter), SC_HERE), page_counter_uncharge((counter), (nr_pages)))

struct cgroup_subsys {
  int unused;
};
extern struct cgroup_subsys memory_cgrp_subsys;
#define cgroup_subsys_on_dfl(subsystem) (!sc_accounts_memsw())

#define mem_cgroup_from_counter(counter, member) container_of(counter, struct mem_cgroup, member)
#define parent_mem_cgroup(memcg) ((struct mem_cgroup*)sc_parent((memcg), SC_HERE))
/* An address is compared, and none is not the root's. */
#define mem_cgroup_is_root(memcg)                 \
  ({                                              \
    const struct mem_cgroup* sc_of = (memcg);     \
    sc_of != 0 && sc_parent(sc_of, SC_HERE) == 0; \
  })
#define mem_cgroup_is_descendant(memcg, root) sc_is_descendant((memcg), (root), SC_HERE)

enum memcg_stat_item { MEMCG_SOCK = SC_SOCK, MEMCG_KMEM = SC_KMEM };
static inline void mod_memcg_state(struct mem_cgroup* memcg, enum memcg_stat_item of, int by) {
  sc_count(memcg, (enum sc_statistic)of, by, SC_HERE);
}
#define mem_cgroup_lruvec(memcg, pgdat) (&(memcg)->nodeinfo[sc_node_id(pgdat)]->lruvec)
/* A lruvec lies within its group. */
#define __mod_memcg_lruvec_state(lruvec, idx, nr) \
  sc_count_slab((lruvec), sc_node_of_lruvec(lruvec), (idx) == NR_SLAB_RECLAIMABLE_B, (nr), SC_HERE)
unsigned sc_node_of_lruvec(const struct lruvec* lruvec);

/* The pages of users that go to another group together with objects are left out. */
#define lru_gen_enabled() sc_never()
#define max_lru_gen_memcg(memcg, nid) ((void)0)
#define recheck_lru_gen_max_memcg(memcg, nid) ((void)(memcg), (void)(nid), sc_always())
#define lru_gen_reparent_memcg(memcg, parent, nid) ((void)0)
#define lru_reparent_memcg(memcg, parent, nid) ((void)0)
#define reparent_state_local(memcg, parent) ((void)0)

/* Reclaim and OOM kills are the scenario's; events and limits of another kind are left out. */
#define MEMCG_RECLAIM_MAY_SWAP 2u
#define try_to_free_mem_cgroup_pages(memcg, nr_pages, ...) sc_reclaim((memcg), (nr_pages), SC_HERE)
#define mem_cgroup_oom(memcg, gfp, order) \
  ((void)(gfp), (void)(order), sc_oom_kill((memcg), SC_HERE))
#define psi_memstall_enter(flags) ((void)(flags))
#define psi_memstall_leave(flags) ((void)(flags))
#define memcg_memory_event(memcg, event) ((void)(memcg))
#define __memcg_memory_event(memcg, event, allow_spinning) ((void)(memcg))
#define mem_cgroup_handle_over_high(gfp) ((void)(gfp))
#define __mem_cgroup_handle_over_high(gfp) ((void)(gfp))
#define get_random_u32_below(number) sc_choose(number)
#define memcg1_wait_acct_move(memcg) false
#define mem_cgroup_wait_acct_move(memcg) ((void)(memcg), sc_never())
struct sock {
  struct mem_cgroup* sk_memcg;
};
#define mem_cgroup_from_sk(sk) ((sk)->sk_memcg)
#define memcg1_charge_skmem(memcg, nr_pages, gfp) \
  ((void)(memcg), (void)(nr_pages), (void)(gfp),  \
   sc_unsupported("the shim has no socket memory of cgroup v1", SC_HERE), false)
#define memcg1_uncharge_skmem(memcg, nr_pages) \
  ((void)(memcg), (void)(nr_pages),            \
   sc_unsupported("the shim has no socket memory of cgroup v1", SC_HERE))
#define memcg1_account_kmem(memcg, nr_pages) ((void)(memcg), (void)(nr_pages))

#endif
