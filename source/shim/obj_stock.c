/* Fills the table of obj_stock.h. Behind the functions of the kernel, most of which are static. */
#include <stockcheck/obj_stock.h>

static void objects_init_group(void* memcg) {
  INIT_LIST_HEAD(&((struct mem_cgroup*)memcg)->objcg_list);
}
static void* objects_online(void* memcg) {
  struct mem_cgroup* const of = memcg;
  struct obj_cgroup* const objcg = obj_cgroup_alloc();
  if (objcg == NULL) return NULL;
  objcg->memcg = of;
  rcu_assign_pointer(of->objcg, objcg);
  return objcg;
}
static void objects_reparent(void* memcg, void* parent) { memcg_reparent_objcgs(memcg, parent); }
static void* objects_objcg_of(void* memcg) { return __get_obj_cgroup_from_memcg(memcg); }
static void objects_get(void* objcg) { obj_cgroup_get(objcg); }
static void objects_put(void* objcg) { obj_cgroup_put(objcg); }

#define CELL(member) (struct sc_cell){(void*)&(member), sizeof(member)}

static struct sc_cell objects_objcg_cell(void* objcg, enum sc_objcg_cell which) {
  struct obj_cgroup* const of = objcg;
  switch (which) {
    case SC_OBJCG_REFERENCES: return CELL(of->refcnt.count);
    case SC_OBJCG_MEMCG: return CELL(of->memcg);
    case SC_OBJCG_CHARGED_BYTES: return CELL(of->nr_charged_bytes.counter);
    case SC_OBJCG_LIST_NEXT: return CELL(of->list.next);
    case SC_OBJCG_LIST_PREV: return CELL(of->list.prev);
    default: return (struct sc_cell){0, 0};
  }
}

/* A task of its own, on the stack, for each charge: an interrupted one has another. */
#define AS_A_TASK(type, expr)                     \
  ({                                              \
    struct task_struct sc_task = {0};             \
    void* const sc_interrupted = sc_current_task(); \
    type sc_result;                               \
    sc_set_current_task(&sc_task);                \
    sc_result = (expr);                           \
    sc_set_current_task(sc_interrupted);          \
    sc_result;                                    \
  })

static int objects_charge(void* objcg, size_t bytes) {
  return AS_A_TASK(int, obj_cgroup_charge(objcg, GFP_NOWAIT, bytes));
}
static void objects_uncharge(void* objcg, size_t bytes) { obj_cgroup_uncharge(objcg, bytes); }
static void objects_account(void* objcg, unsigned node_id, bool reclaimable, int bytes) {
  mod_objcg_state(objcg, sc_node(node_id),
                  reclaimable ? NR_SLAB_RECLAIMABLE_B : NR_SLAB_UNRECLAIMABLE_B, bytes);
}

static void* objects_node(unsigned node_id) { return sc_node(node_id); }

#ifdef SC_HAS_SLAB_HOOKS
static struct kmem_cache cache_of(size_t object_size, bool reclaimable) {
  return (struct kmem_cache){.size = object_size - sizeof(struct obj_cgroup*),
                             .flags = reclaimable ? SLAB_RECLAIM_ACCOUNT : 0};
}
static void free_object(struct kmem_cache* s, void* object) {
  struct slab* const slab = virt_to_slab(object);
  struct slabobj_ext* const obj_exts = slab_obj_exts(slab);
  if (obj_exts != NULL) __memcg_slab_free_hook(s, slab, &object, 1, obj_exts);
}
static void objects_free(size_t object_size, bool reclaimable, void* object) {
  struct kmem_cache s = cache_of(object_size, reclaimable);
  free_object(&s, object);
}
/* As the callers of the hooks in mm/slub.c: a single object that was refused was not charged. */
static bool objects_post_alloc(size_t object_size, bool reclaimable, void** objects,
                               size_t number) {
  struct kmem_cache s = cache_of(object_size, reclaimable);
  if (AS_A_TASK(bool, __memcg_slab_post_alloc_hook(&s, NULL, GFP_NOWAIT, number, objects)))
    return true;
  if (number == 1) return false;
  for (size_t i = 0; i < number; ++i) free_object(&s, objects[i]);
  return false;
}
static void objects_slab_init(void* slab, unsigned node_id) {
  ((struct slab*)slab)->node_id = (int)node_id;
}
static struct sc_cell objects_obj_exts(void* slab) { return CELL(((struct slab*)slab)->obj_exts); }
static int objects_alloc_obj_exts(void* slab) { return alloc_slab_obj_exts(slab, NULL, 0, false); }
#endif

static const struct sc_obj_stock objects_table = {
    .init_group = objects_init_group,
    .online = objects_online,
    .reparent = objects_reparent,
    .objcg_of = objects_objcg_of,
    .get = objects_get,
    .put = objects_put,
    .objcg_cell = objects_objcg_cell,
    .charge = objects_charge,
    .uncharge = objects_uncharge,
    .account = objects_account,
    .node = objects_node,
#ifdef SC_HAS_SLAB_HOOKS
    .slab_size = sizeof(struct slab),
    .slab_init = objects_slab_init,
    .post_alloc = objects_post_alloc,
    .free = objects_free,
    .obj_exts = objects_obj_exts,
    .alloc_obj_exts = objects_alloc_obj_exts,
#endif
};

SC_EXPORT const struct sc_obj_stock* sc_obj_stock(void) { return &objects_table; }
