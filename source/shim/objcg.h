/* What obj_cgroups need of the rest of the kernel. */
#ifndef SC_SHIM_OBJCG_H
#define SC_SHIM_OBJCG_H

#include <stockcheck/access.h>
#include <stockcheck/list.h>
#include <stockcheck/percpu_ref.h>
#include <stockcheck/rcu.h>
#include <stockcheck/slab.h>
#include <stockcheck/types.h>

struct mem_cgroup;

struct obj_cgroup {
  struct percpu_ref refcnt;
  struct mem_cgroup* memcg;
  atomic_t nr_charged_bytes;
  union {
    struct list_head list;
    struct rcu_head rcu;
  };
};

/* The memory stays until the scenario frees it, after a grace period of its own. */
#define kfree_rcu(p, member) sc_free_later((p), SC_HERE)
#define kzalloc(size, gfp) ((void)(gfp), sc_alloc((size), sizeof(long), true, SC_HERE))
#define kfree(p) sc_free((void*)(p), SC_HERE)

#define current_obj_cgroup() ((struct obj_cgroup*)sc_current_objcg())

#define lockdep_assert_once(condition) ((void)0)

/* A group's statistics of a node: their number and the group. */
struct lruvec;
#define mem_cgroup_lruvec(memcg, pgdat) \
  ((struct lruvec*)((unsigned long)(memcg) + sc_node_id(pgdat)))
#define __mod_memcg_lruvec_state(lruvec, idx, nr) \
  sc_count_slab((void*)((unsigned long)(lruvec) & ~63UL),     \
                (unsigned)((unsigned long)(lruvec) & 63), (idx) == NR_SLAB_RECLAIMABLE_B, (nr), \
                SC_HERE)

#endif
