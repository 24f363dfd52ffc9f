// SPDX-License-Identifier: GPL-2.0-only
/* Slabs of a few objects, on two nodes, as far as charging the objects sees them.
 *
 * An object is a number: its slab's address and its index there. */
#ifndef SC_SHIM_SLAB_H
#define SC_SHIM_SLAB_H

#include <stockcheck/access.h>
#include <stockcheck/types.h>

#define SC_MAX_NODES 2
#define SC_OBJECTS_PER_SLAB 4
/* The address of a slab is a multiple of this number, which is more than the objects it has. */
#define SC_SLAB_ALIGNMENT 64

#define SLAB_RECLAIM_ACCOUNT 0x20000u
#define SLAB_ACCOUNT 0x4000000u

struct mem_cgroup;
struct obj_cgroup;
struct list_lru;

enum node_stat_item { NR_SLAB_RECLAIMABLE_B, NR_SLAB_UNRECLAIMABLE_B };

struct pglist_data {
  int node_id;
};
typedef struct pglist_data pg_data_t;

struct kmem_cache {
  size_t size; /* of an object without the place for its obj_cgroup; may wrap */
  unsigned flags;
};

struct slabobj_ext {
  struct obj_cgroup* objcg;
};

struct slab {
  union {
    unsigned long obj_exts;   /* of a struct slabobj_ext[SC_OBJECTS_PER_SLAB], or 0 */
    unsigned long memcg_data; /* before these, of a struct obj_cgroup*[], with flags */
  };
  int node_id;
} __attribute__((aligned(SC_SLAB_ALIGNMENT)));

/* What the kernel never changes is no access of the code under test. */
struct pglist_data* sc_node(unsigned node_id);
unsigned sc_node_id(const struct pglist_data* node);
struct pglist_data* slab_pgdat(const struct slab* slab);
enum node_stat_item cache_vmstat_idx(const struct kmem_cache* s);

static inline struct slab* virt_to_slab(const void* p) {
  return (struct slab*)((unsigned long)p & ~(SC_SLAB_ALIGNMENT - 1UL));
}
static inline unsigned obj_to_index(const struct kmem_cache* s, const struct slab* slab, void* p) {
  (void)s;
  return (unsigned)((unsigned long)p - (unsigned long)slab);
}

/* The kernel reads a pointer and what it points to: the address dependency is an acquire here. */
#ifdef SC_OBJ_EXTS_ARE_NUMBERS
static inline unsigned long slab_obj_exts(struct slab* slab) {
  return smp_load_acquire(&slab->obj_exts);
}
#else
static inline struct slabobj_ext* slab_obj_exts(struct slab* slab) {
  return (struct slabobj_ext*)smp_load_acquire(&slab->obj_exts);
}
#endif
/* Between the two they may be used. */
#define get_slab_obj_exts(obj_exts) ((void)(obj_exts))
#define put_slab_obj_exts(obj_exts) ((void)(obj_exts))
#ifdef SC_OBJ_EXTS_BY_OBJECT
#define slab_obj_ext(s, slab, obj_exts, object) \
  ((struct slabobj_ext*)(obj_exts) + obj_to_index(s, slab, object))
#else
#define slab_obj_ext(slab, obj_exts, index) \
  ((void)(slab), (struct slabobj_ext*)(obj_exts) + (index))
#endif
#define slab_obj_ext_objcg(slab, obj_ext) ((void)(slab), (obj_ext)->objcg)
#define slab_obj_ext_set_objcg(slab, obj_ext, to) ((void)(slab), (void)((obj_ext)->objcg = (to)))
/* Objects that a debugging pool gives away are none of the caches here. */
#define is_kfence_address(object) ((void)(object), sc_never())
/* That of another CPU may come first, and is as good. */
static inline int alloc_slab_obj_exts(struct slab* slab, struct kmem_cache* s, gfp_t gfp,
                                      bool new_slab) {
  struct slabobj_ext* vec = sc_alloc(SC_OBJECTS_PER_SLAB * sizeof *vec, sizeof *vec, true, SC_HERE);
  (void)s, (void)gfp, (void)new_slab;
  if (vec == NULL) return -ENOMEM;
  if (cmpxchg(&slab->obj_exts, 0, (unsigned long)vec) != 0) sc_free(vec, SC_HERE);
  return 0;
}

/* What the hooks need that are in mm/slab.h, and which allocate the vector themselves. */
struct page;
#define slab_page(slab) ((void)(slab), (struct page*)0)
#define slab_nid(slab) ((slab)->node_id)
#define objs_per_slab(s, slab) ((void)(s), (void)(slab), SC_OBJECTS_PER_SLAB)
#define kcalloc_node(n, size, gfp, node) \
  ((void)(gfp), (void)(node), sc_alloc((n) * (size), sizeof(long), true, SC_HERE))
#define kmemleak_not_leak(p) ((void)(p))
#define memcg_kmem_enabled() sc_always()
#define memcg_kmem_online() sc_always()

static inline int memcg_list_lru_alloc(struct mem_cgroup* memcg, struct list_lru* lru, gfp_t gfp) {
  (void)memcg, (void)lru, (void)gfp;
  return 0;
}
#define gfp_allowed_mask (~0u)

#endif
