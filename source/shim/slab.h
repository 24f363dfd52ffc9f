/* Slabs of a few objects, on two nodes, as far as charging the objects sees them.
 *
 * An object is a number: its slab's address and its index there. */
#ifndef SC_SHIM_SLAB_H
#define SC_SHIM_SLAB_H

#include <stockcheck/access.h>
#include <stockcheck/types.h>

#define SC_MAX_NODES 2
#define SC_OBJECTS_PER_SLAB 4
/* Of a slab, in bytes: more than it has objects. */
#define SC_SLAB_ALIGNMENT 64

#define SLAB_RECLAIM_ACCOUNT 0x20000u
#define SLAB_ACCOUNT 0x4000000u

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
  unsigned long obj_exts; /* of a struct slabobj_ext[SC_OBJECTS_PER_SLAB], or 0 */
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
static inline struct slabobj_ext* slab_obj_exts(struct slab* slab) {
  return (struct slabobj_ext*)smp_load_acquire(&slab->obj_exts);
}
/* That of another CPU may come first, and is as good. */
static inline int alloc_slab_obj_exts(struct slab* slab, struct kmem_cache* s, gfp_t gfp,
                                      bool new_slab) {
  struct slabobj_ext* vec = sc_alloc(SC_OBJECTS_PER_SLAB * sizeof *vec, sizeof *vec, true, SC_HERE);
  (void)s, (void)gfp, (void)new_slab;
  if (vec == NULL) return -ENOMEM;
  if (cmpxchg(&slab->obj_exts, 0, (unsigned long)vec) != 0) sc_free(vec, SC_HERE);
  return 0;
}

static inline int memcg_list_lru_alloc(struct mem_cgroup* memcg, struct list_lru* lru, gfp_t gfp) {
  (void)memcg, (void)lru, (void)gfp;
  return 0;
}
#define gfp_allowed_mask (~0u)

#endif
