// SPDX-License-Identifier: GPL-2.0-only
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
  bool is_root; /* scenarios have no objects of the root */
};

/* The memory stays until the scenario frees it, after a grace period of its own. */
#define kfree_rcu(p, member) sc_free_later((p), SC_HERE)
#define kzalloc(size, gfp) ((void)(gfp), sc_alloc((size), sizeof(long), true, SC_HERE))
#define kzalloc_obj(type, ...) \
  ((__typeof__(type)*)sc_alloc(sizeof(type), _Alignof(type), true, SC_HERE))
#define kfree(p) sc_free((void*)(p), SC_HERE)

#define current_obj_cgroup() ((struct obj_cgroup*)sc_current_objcg())
/* Returns current_obj_cgroup() with a reference, which hooks put when they are done. */
static inline struct obj_cgroup* get_obj_cgroup_from_current(void) {
  struct obj_cgroup* const objcg = current_obj_cgroup();
  if (objcg != NULL) sc_ref_borrow(&objcg->refcnt, SC_HERE);
  return objcg;
}

#define lockdep_assert_once(condition) ((void)0)

#define NUMA_NO_NODE (-1)
#define MAX_NUMNODES SC_MAX_NODES
#define NODE_DATA(nid) sc_node((unsigned)(nid))
/* Where a group has an obj_cgroup for each node, it has one for the first alone. */
#define for_each_node(nid) for ((nid) = 0; (nid) < 1; ++(nid))

#endif
