// SPDX-License-Identifier: GPL-2.0-only
/* Fills the table of obj_stock.h. Behind the functions of the kernel, most of which are static. */
#include <stockcheck/obj_stock.h>

static void objects_init_group(void* memcg) {
  struct mem_cgroup* const of = memcg;
  INIT_LIST_HEAD(&of->objcg_list);
  for (unsigned nid = 0; nid < SC_MAX_NODES; ++nid) {
    INIT_LIST_HEAD(&of->nodeinfo[nid]->objcg_list);
    of->nodeinfo[nid]->lruvec.node_id = nid;
  }
}
static void* objects_online(void* memcg) {
  struct mem_cgroup* const of = memcg;
  struct obj_cgroup* objcg;
  sc_update_page_shift();
  objcg = obj_cgroup_alloc();
  if (objcg == NULL) return NULL;
  objcg->memcg = of;
  /* A kernel reads the one or the other. */
  rcu_assign_pointer(of->objcg, objcg);
  rcu_assign_pointer(of->nodeinfo[0]->objcg, objcg);
  return objcg;
}

/* Where a group has an objcg for each node. */
static void reparent_of_nodes(void* function, void* memcg, void* parent) {
  void (*call)(struct mem_cgroup*) = function;
  (void)parent;
  call(memcg);
}
static void reparent_to(void* function, void* memcg, void* parent) {
  void (*call)(struct mem_cgroup*, struct mem_cgroup*) = function;
  call(memcg, parent);
}
static void objects_reparent(void* memcg, void* parent) {
  _Generic(&memcg_reparent_objcgs,
      void (*)(struct mem_cgroup*): reparent_of_nodes,
      void (*)(struct mem_cgroup*, struct mem_cgroup*): reparent_to)(
      (void*)&memcg_reparent_objcgs, memcg, parent);
}
static void* objcg_of_node(void* function, void* memcg) {
  struct obj_cgroup* (*call)(struct mem_cgroup*, int) = function;
  return call(memcg, 0);
}
static void* objcg_of_group(void* function, void* memcg) {
  struct obj_cgroup* (*call)(struct mem_cgroup*) = function;
  return call(memcg);
}
static void* objects_objcg_of(void* memcg) {
  return _Generic(&__get_obj_cgroup_from_memcg,
      struct obj_cgroup* (*)(struct mem_cgroup*, int): objcg_of_node,
      struct obj_cgroup* (*)(struct mem_cgroup*): objcg_of_group)(
      (void*)&__get_obj_cgroup_from_memcg, memcg);
}
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

#define AS_A_TASK(type, expr)           \
  ({                                    \
    struct task_struct sc_task = {0};   \
    SC_RUN_AS(&sc_task, type, expr);    \
  })

static int objects_charge(void* objcg, size_t bytes) {
  return AS_A_TASK(int, obj_cgroup_charge(objcg, GFP_NOWAIT, bytes));
}
static void objects_uncharge(void* objcg, size_t bytes) { obj_cgroup_uncharge(objcg, bytes); }

static enum node_stat_item item_of(bool reclaimable) {
  return reclaimable ? NR_SLAB_RECLAIMABLE_B : NR_SLAB_UNRECLAIMABLE_B;
}
#if defined(SC_OBJECTS_IN_SECTIONS)
static void objects_account(void* objcg, unsigned node_id, bool reclaimable, int bytes) {
  struct obj_stock_pcp* const stock = trylock_stock();
  __account_obj_stock(objcg, stock, bytes, sc_node(node_id), item_of(reclaimable));
  unlock_stock(stock);
}
static int charge_and_account(void* objcg, size_t bytes, unsigned node_id, bool reclaimable) {
  struct obj_stock_pcp* stock = trylock_stock();
  if (stock == NULL || !__consume_obj_stock(objcg, stock, bytes)) {
    size_t remainder;
    int error;
    unlock_stock(stock);
    error = __obj_cgroup_charge(objcg, GFP_NOWAIT, bytes, &remainder);
    if (error != 0) return error;
    stock = trylock_stock();
    if (remainder != 0) __refill_obj_stock(objcg, stock, remainder, false);
  }
  __account_obj_stock(objcg, stock, (int)bytes, sc_node(node_id), item_of(reclaimable));
  unlock_stock(stock);
  return 0;
}
static void objects_uncharge_and_account(void* objcg, size_t bytes, unsigned node_id,
                                         bool reclaimable) {
  struct obj_stock_pcp* const stock = trylock_stock();
  __refill_obj_stock(objcg, stock, bytes, true);
  __account_obj_stock(objcg, stock, -(int)bytes, sc_node(node_id), item_of(reclaimable));
  unlock_stock(stock);
}
#elif defined(SC_OBJECTS_AT_ONCE)
static void objects_account(void* objcg, unsigned node_id, bool reclaimable, int bytes) {
  refill_obj_stock(objcg, 0, true, bytes, sc_node(node_id), item_of(reclaimable));
}
static int charge_and_account(void* objcg, size_t bytes, unsigned node_id, bool reclaimable) {
  return obj_cgroup_charge_account(objcg, GFP_NOWAIT, bytes, sc_node(node_id),
                                   item_of(reclaimable));
}
static void objects_uncharge_and_account(void* objcg, size_t bytes, unsigned node_id,
                                         bool reclaimable) {
  refill_obj_stock(objcg, bytes, true, -(int)bytes, sc_node(node_id), item_of(reclaimable));
}
#else
static void objects_account(void* objcg, unsigned node_id, bool reclaimable, int bytes) {
  mod_objcg_state(objcg, sc_node(node_id), item_of(reclaimable), bytes);
}
#endif
#if defined(SC_OBJECTS_IN_SECTIONS) || defined(SC_OBJECTS_AT_ONCE)
static int objects_charge_and_account(void* objcg, size_t bytes, unsigned node_id,
                                      bool reclaimable) {
  return AS_A_TASK(int, charge_and_account(objcg, bytes, node_id, reclaimable));
}
#endif

/* SC_OBJ_STOCK_FIELDS(X) is X(name) for each member of a stock of its own. */
#ifdef SC_HAS_SEPARATE_DRAINS
#define OBJECT_FIELD(name)                                                                 \
  {#name, offsetof(struct obj_stock_pcp, name), sizeof(((struct obj_stock_pcp*)0)->name)},
static const struct sc_field object_fields[] = {SC_OBJ_STOCK_FIELDS(OBJECT_FIELD){0, 0, 0}};
static void* objects_stock_of(unsigned cpu) { return &per_cpu(obj_stock, cpu); }
#endif

static void* objects_node(unsigned node_id) { return sc_node(node_id); }

#if defined(SC_HAS_SLAB_HOOKS) || defined(SC_HAS_INLINE_SLAB_HOOKS)
#define SC_HAS_SLABS
static struct kmem_cache cache_of(size_t object_size, bool reclaimable) {
  return (struct kmem_cache){.size = object_size - sizeof(struct obj_cgroup*),
                             .flags = reclaimable ? SLAB_RECLAIM_ACCOUNT : 0};
}
#ifdef SC_HAS_SLAB_HOOKS
static void free_object(struct kmem_cache* s, void* object) {
  struct slab* const slab = virt_to_slab(object);
  __auto_type const obj_exts = slab_obj_exts(slab);
  if (obj_exts != 0) __memcg_slab_free_hook(s, slab, &object, 1, obj_exts);
}
static bool post_alloc(void* function, struct kmem_cache* s, size_t number, void** objects) {
  bool (*call)(struct kmem_cache*, struct list_lru*, gfp_t, size_t, void**) = function;
  return call(s, NULL, GFP_NOWAIT, number, objects);
}
static bool post_alloc_with_flags(void* function, struct kmem_cache* s, size_t number,
                                  void** objects) {
  bool (*call)(struct kmem_cache*, struct list_lru*, gfp_t, unsigned, size_t, void**) = function;
  return call(s, NULL, GFP_NOWAIT, 0, number, objects);
}
static bool post_alloc_hook(struct kmem_cache* s, size_t number, void** objects) {
  return _Generic(&__memcg_slab_post_alloc_hook,
      bool (*)(struct kmem_cache*, struct list_lru*, gfp_t, size_t, void**): post_alloc,
      bool (*)(struct kmem_cache*, struct list_lru*, gfp_t, unsigned, size_t, void**):
          post_alloc_with_flags)((void*)&__memcg_slab_post_alloc_hook, s, number, objects);
}
/* As the callers of the hooks in mm/slub.c: a single object that was refused was not charged. */
static bool charge_objects(struct kmem_cache* s, void** objects, size_t number) {
  if (AS_A_TASK(bool, post_alloc_hook(s, number, objects)))
    return true;
  if (number == 1) return false;
  for (size_t i = 0; i < number; ++i) free_object(s, objects[i]);
  return false;
}
static int objects_alloc_obj_exts(void* slab) { return alloc_slab_obj_exts(slab, NULL, 0, false); }
#else
static void free_object(struct kmem_cache* s, void* object) {
  memcg_slab_free_hook(s, virt_to_slab(object), &object, 1);
}
/* The charge comes before the allocation, which always succeeds: what is refused is not there. */
static bool call_hooks(struct kmem_cache* s, void** objects, size_t number) {
  const gfp_t gfp = GFP_NOWAIT | __GFP_ACCOUNT;
  struct obj_cgroup* objcg = NULL;
  const bool is_charged = memcg_slab_pre_alloc_hook(s, NULL, &objcg, number, gfp);
  if (is_charged) memcg_slab_post_alloc_hook(s, objcg, gfp, number, objects);
  sc_ref_keep_borrowed(SC_HERE);
  return is_charged;
}
static bool charge_objects(struct kmem_cache* s, void** objects, size_t number) {
  return AS_A_TASK(bool, call_hooks(s, objects, number));
}
static int objects_alloc_obj_exts(void* slab) {
  return memcg_alloc_slab_cgroups(slab, NULL, 0, false);
}
#endif
static bool objects_post_alloc(size_t object_size, bool reclaimable, void** objects,
                               size_t number) {
  struct kmem_cache s = cache_of(object_size, reclaimable);
  return charge_objects(&s, objects, number);
}
static void objects_free(size_t object_size, bool reclaimable, void* object) {
  struct kmem_cache s = cache_of(object_size, reclaimable);
  AS_A_TASK(int, (free_object(&s, object), 0));
}
static void objects_slab_init(void* slab, unsigned node_id) {
  ((struct slab*)slab)->node_id = (int)node_id;
}
static struct sc_cell objects_obj_exts(const void* slab) {
  return CELL(((const struct slab*)slab)->obj_exts);
}
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
#if defined(SC_OBJECTS_IN_SECTIONS) || defined(SC_OBJECTS_AT_ONCE)
    .charge_and_account = objects_charge_and_account,
    .uncharge_and_account = objects_uncharge_and_account,
#endif
#ifdef SC_HAS_SEPARATE_DRAINS
    .stock_of = objects_stock_of,
    .stock_size = sizeof(struct obj_stock_pcp),
    .stock_fields = object_fields,
#else
    .stock_of = stock_of,
    .stock_size = sizeof(struct memcg_stock_pcp),
    .stock_fields = stock_fields,
#endif
    .node = objects_node,
#ifdef SC_HAS_SLABS
    .slab_size = sizeof(struct slab),
#if defined(SC_CHARGES_SLABS_IN_RUNS)
    .slab_batching = SC_IN_RUNS,
#elif defined(SC_OBJECTS_IN_SECTIONS) || defined(SC_OBJECTS_AT_ONCE)
    .slab_batching = SC_ONE_BY_ONE,
#endif
    .slab_init = objects_slab_init,
    .post_alloc = objects_post_alloc,
    .free = objects_free,
    .obj_exts = objects_obj_exts,
    .alloc_obj_exts = objects_alloc_obj_exts,
#endif
};

SC_EXPORT const struct sc_obj_stock* sc_obj_stock(void) { return &objects_table; }
