// SPDX-License-Identifier: GPL-2.0-only
/* A stand-in of our own for the mm/memcontrol.c of later kernels: each CPU has a stock of pages and
 * one of bytes, with several slots either. It has the names that are looked for there. */
#include <linux/memcontrol.h>

#define NR_MEMCG_STOCK 7
#define NR_OBJ_STOCK 5
#define DRAINING 0

struct memcg_stock_pcp {
	local_trylock_t lock;
	unsigned long flags;
	struct work_struct work;
	struct mem_cgroup *cached[NR_MEMCG_STOCK];
	u8 nr_pages[NR_MEMCG_STOCK];
	u8 drain_idx;
};
static DEFINE_PER_CPU_ALIGNED(struct memcg_stock_pcp, memcg_stock) = {
	.lock = INIT_LOCAL_TRYLOCK(lock),
};

struct obj_stock_pcp {
	local_trylock_t lock;
	unsigned long flags;
	struct work_struct work;
	struct obj_cgroup *cached[NR_OBJ_STOCK];
	u16 nr_bytes[NR_OBJ_STOCK];
	u8 drain_idx;
	/* statistics, of the objcg in slot index, and of a node */
	s8 index;
	s16 node_id;
	s16 nr_slab_reclaimable_b;
	s16 nr_slab_unreclaimable_b;
};
static DEFINE_PER_CPU_ALIGNED(struct obj_stock_pcp, obj_stock) = {
	.lock = INIT_LOCAL_TRYLOCK(lock),
	.index = -1,
};

static DEFINE_MUTEX(percpu_charge_mutex);
static DEFINE_SPINLOCK(objcg_lock);
static struct workqueue_struct *memcg_wq;

/* Pages */

static bool do_memsw_account(void)
{
	return !cgroup_subsys_on_dfl(memory_cgrp_subsys);
}

static void give_back(struct mem_cgroup *memcg, unsigned int nr)
{
	page_counter_uncharge(&memcg->memory, nr);
	if (do_memsw_account())
		page_counter_uncharge(&memcg->memsw, nr);
}

static int slot_of(struct memcg_stock_pcp *pcp, struct mem_cgroup *memcg)
{
	for (int slot = 0; slot < NR_MEMCG_STOCK; slot++)
		if (READ_ONCE(pcp->cached[slot]) == memcg)
			return slot;
	return -1;
}

static bool consume_stock(struct mem_cgroup *memcg, unsigned int nr)
{
	struct memcg_stock_pcp *pcp;
	bool enough = false;
	int slot;

	if (nr > MEMCG_CHARGE_BATCH || !local_trylock(&memcg_stock.lock))
		return false;
	pcp = this_cpu_ptr(&memcg_stock);
	slot = slot_of(pcp, memcg);
	if (slot >= 0) {
		u8 left = READ_ONCE(pcp->nr_pages[slot]);

		enough = left >= nr;
		if (enough)
			WRITE_ONCE(pcp->nr_pages[slot], left - nr);
	}
	local_unlock(&memcg_stock.lock);
	return enough;
}

static void drain_slot(struct memcg_stock_pcp *pcp, int slot)
{
	struct mem_cgroup *owner = READ_ONCE(pcp->cached[slot]);
	u8 nr = READ_ONCE(pcp->nr_pages[slot]);

	if (!owner)
		return;
	if (nr) {
		give_back(owner, nr);
		WRITE_ONCE(pcp->nr_pages[slot], 0);
	}
	WRITE_ONCE(pcp->cached[slot], NULL);
	css_put(&owner->css);
}

static void drain_slots(struct memcg_stock_pcp *pcp)
{
	for (int slot = 0; slot < NR_MEMCG_STOCK; slot++)
		drain_slot(pcp, slot);
}

static void refill_stock(struct mem_cgroup *memcg, unsigned int nr)
{
	struct memcg_stock_pcp *pcp;
	int slot;

	if (nr > MEMCG_CHARGE_BATCH || !local_trylock(&memcg_stock.lock)) {
		give_back(memcg, nr);
		return;
	}
	pcp = this_cpu_ptr(&memcg_stock);
	slot = slot_of(pcp, memcg);
	if (slot < 0) {
		slot = slot_of(pcp, NULL);
		if (slot < 0) {
			slot = pcp->drain_idx;
			pcp->drain_idx = slot + 1 < NR_MEMCG_STOCK ? slot + 1 : 0;
			drain_slot(pcp, slot);
		}
		css_get(&memcg->css);
		WRITE_ONCE(pcp->cached[slot], memcg);
	}
	nr += READ_ONCE(pcp->nr_pages[slot]);
	WRITE_ONCE(pcp->nr_pages[slot], nr);
	if (nr > MEMCG_CHARGE_BATCH)
		drain_slot(pcp, slot);
	local_unlock(&memcg_stock.lock);
}

static void drain_local_memcg_stock(struct work_struct *work)
{
	struct memcg_stock_pcp *pcp;

	local_lock(&memcg_stock.lock);
	pcp = this_cpu_ptr(&memcg_stock);
	drain_slots(pcp);
	clear_bit(DRAINING, &pcp->flags);
	local_unlock(&memcg_stock.lock);
}

int try_charge_memcg(struct mem_cgroup *memcg, gfp_t gfp, unsigned int nr)
{
	unsigned int wanted = gfpflags_allow_spinning(gfp) ? max(MEMCG_CHARGE_BATCH, nr) : nr;
	struct page_counter *full;

	BUILD_BUG_ON(MEMCG_CHARGE_BATCH > S8_MAX);
	for (;; wanted = nr) {
		if (consume_stock(memcg, nr))
			return 0;
		if (!do_memsw_account() || page_counter_try_charge(&memcg->memsw, wanted, &full)) {
			if (page_counter_try_charge(&memcg->memory, wanted, &full))
				break;
			if (do_memsw_account())
				page_counter_uncharge(&memcg->memsw, wanted);
		}
		if (wanted == nr)
			return -ENOMEM;
	}
	if (wanted > nr)
		refill_stock(memcg, wanted - nr);
	return 0;
}

static int charge(struct mem_cgroup *memcg, gfp_t gfp, unsigned int nr)
{
	return mem_cgroup_is_root(memcg) ? 0 : try_charge_memcg(memcg, gfp, nr);
}

bool mem_cgroup_sk_charge(const struct sock *sk, unsigned int nr, gfp_t gfp)
{
	struct mem_cgroup *memcg = mem_cgroup_from_sk(sk);

	if (try_charge_memcg(memcg, gfp, nr))
		return false;
	mod_memcg_state(memcg, MEMCG_SOCK, nr);
	return true;
}

void mem_cgroup_sk_uncharge(const struct sock *sk, unsigned int nr)
{
	struct mem_cgroup *memcg = mem_cgroup_from_sk(sk);

	mod_memcg_state(memcg, MEMCG_SOCK, -nr);
	refill_stock(memcg, nr);
}

/* Objects */

static void obj_cgroup_get(struct obj_cgroup *objcg)
{
	percpu_ref_get(&objcg->refcnt);
}

static void obj_cgroup_put(struct obj_cgroup *objcg)
{
	percpu_ref_put(&objcg->refcnt);
}

static struct mem_cgroup *memcg_of(struct obj_cgroup *objcg)
{
	struct mem_cgroup *memcg;

	guard(rcu)();
	do {
		memcg = READ_ONCE(objcg->memcg);
	} while (!css_tryget(&memcg->css));
	return memcg;
}

static void change_pages(struct obj_cgroup *objcg, unsigned int nr,
			 void (*how)(struct mem_cgroup *, unsigned int))
{
	struct mem_cgroup *memcg = memcg_of(objcg);

	mod_memcg_state(memcg, MEMCG_KMEM, -nr);
	if (!mem_cgroup_is_root(memcg))
		how(memcg, nr);
	css_put(&memcg->css);
}

/* Statistics are not what is looked at. */
static void mod_memcg_lruvec_state(struct lruvec *lruvec, enum node_stat_item item, int nr)
{
	count_somewhere_else(lruvec, item, nr);
}

static void add_to_node(struct obj_cgroup *objcg, int nid, enum node_stat_item item, int nr)
{
	if (!nr)
		return;
	guard(rcu)();
	mod_memcg_lruvec_state(mem_cgroup_lruvec(READ_ONCE(objcg->memcg), NODE_DATA(nid)), item, nr);
}

static void flush_statistics(struct obj_stock_pcp *pcp)
{
	struct obj_cgroup *owner;

	if (pcp->index < 0)
		return;
	owner = READ_ONCE(pcp->cached[pcp->index]);
	add_to_node(owner, pcp->node_id, NR_SLAB_RECLAIMABLE_B, pcp->nr_slab_reclaimable_b);
	add_to_node(owner, pcp->node_id, NR_SLAB_UNRECLAIMABLE_B, pcp->nr_slab_unreclaimable_b);
	pcp->nr_slab_reclaimable_b = 0;
	pcp->nr_slab_unreclaimable_b = 0;
	pcp->index = -1;
}

static void drain_objects_of(struct obj_stock_pcp *pcp, int slot)
{
	struct obj_cgroup *owner = READ_ONCE(pcp->cached[slot]);
	unsigned int bytes = pcp->nr_bytes[slot];

	if (!owner)
		return;
	if (bytes >> PAGE_SHIFT)
		change_pages(owner, bytes >> PAGE_SHIFT, give_back);
	if (bytes)
		atomic_add(bytes & (PAGE_SIZE - 1), &owner->nr_charged_bytes);
	pcp->nr_bytes[slot] = 0;
	if (pcp->index == slot)
		flush_statistics(pcp);
	WRITE_ONCE(pcp->cached[slot], NULL);
	obj_cgroup_put(owner);
}

static void drain_objects(struct obj_stock_pcp *pcp)
{
	for (int slot = 0; slot < NR_OBJ_STOCK; slot++)
		drain_objects_of(pcp, slot);
}

static void drain_local_obj_stock(struct work_struct *work)
{
	struct obj_stock_pcp *pcp;

	local_lock(&obj_stock.lock);
	pcp = this_cpu_ptr(&obj_stock);
	drain_objects(pcp);
	clear_bit(DRAINING, &pcp->flags);
	local_unlock(&obj_stock.lock);
}

static struct obj_stock_pcp *trylock_stock(void)
{
	return local_trylock(&obj_stock.lock) ? this_cpu_ptr(&obj_stock) : NULL;
}

static void unlock_stock(struct obj_stock_pcp *pcp)
{
	if (pcp)
		local_unlock(&obj_stock.lock);
}

static int object_slot_of(struct obj_stock_pcp *pcp, struct obj_cgroup *objcg)
{
	for (int slot = 0; slot < NR_OBJ_STOCK; slot++)
		if (READ_ONCE(pcp->cached[slot]) == objcg)
			return slot;
	return -1;
}

static bool __consume_obj_stock(struct obj_cgroup *objcg, struct obj_stock_pcp *pcp,
				unsigned int bytes)
{
	int slot = object_slot_of(pcp, objcg);

	if (slot < 0 || pcp->nr_bytes[slot] < bytes)
		return false;
	pcp->nr_bytes[slot] -= bytes;
	return true;
}

static void __refill_obj_stock(struct obj_cgroup *objcg, struct obj_stock_pcp *pcp,
			       unsigned int bytes, bool allow_uncharge)
{
	unsigned int nr_pages = 0;

	if (pcp) {
		int slot = object_slot_of(pcp, objcg);

		if (slot >= 0) {
			bytes += pcp->nr_bytes[slot];
		} else {
			slot = object_slot_of(pcp, NULL);
			if (slot < 0) {
				slot = pcp->drain_idx;
				pcp->drain_idx = slot + 1 < NR_OBJ_STOCK ? slot + 1 : 0;
				drain_objects_of(pcp, slot);
			}
			obj_cgroup_get(objcg);
			if (atomic_read(&objcg->nr_charged_bytes))
				bytes += atomic_xchg(&objcg->nr_charged_bytes, 0);
			WRITE_ONCE(pcp->cached[slot], objcg);
			allow_uncharge = true;
		}
		if ((allow_uncharge && bytes > PAGE_SIZE) || bytes > U16_MAX) {
			nr_pages = bytes >> PAGE_SHIFT;
			bytes &= PAGE_SIZE - 1;
		}
		pcp->nr_bytes[slot] = bytes;
	} else {
		nr_pages = bytes >> PAGE_SHIFT;
		atomic_add(bytes & (PAGE_SIZE - 1), &objcg->nr_charged_bytes);
	}
	if (nr_pages)
		change_pages(objcg, nr_pages, refill_stock);
}

static void __account_obj_stock(struct obj_cgroup *objcg, struct obj_stock_pcp *pcp, int nr,
				struct pglist_data *node, enum node_stat_item item)
{
	int slot = pcp ? object_slot_of(pcp, objcg) : -1;
	s16 *kept;

	if (slot < 0) {
		add_to_node(objcg, node->node_id, item, nr);
		return;
	}
	if (pcp->index != slot || pcp->node_id != node->node_id) {
		flush_statistics(pcp);
		pcp->index = slot;
		pcp->node_id = node->node_id;
	}
	kept = item == NR_SLAB_RECLAIMABLE_B ? &pcp->nr_slab_reclaimable_b :
					       &pcp->nr_slab_unreclaimable_b;
	if (abs(*kept + nr) > S16_MAX || (*kept && abs(*kept + nr) > PAGE_SIZE)) {
		add_to_node(objcg, node->node_id, item, *kept + nr);
		*kept = 0;
	} else {
		*kept += nr;
	}
}

static int __obj_cgroup_charge(struct obj_cgroup *objcg, gfp_t gfp, size_t bytes, size_t *rest)
{
	unsigned int nr_pages = PAGE_ALIGN(bytes) >> PAGE_SHIFT;
	struct mem_cgroup *memcg = memcg_of(objcg);
	int error = charge(memcg, gfp, nr_pages);

	if (!error)
		mod_memcg_state(memcg, MEMCG_KMEM, nr_pages);
	css_put(&memcg->css);
	*rest = PAGE_ALIGN(bytes) - bytes;
	return error;
}

int obj_cgroup_charge(struct obj_cgroup *objcg, gfp_t gfp, size_t bytes)
{
	struct obj_stock_pcp *pcp = trylock_stock();
	bool consumed = pcp && __consume_obj_stock(objcg, pcp, bytes);
	size_t rest;
	int error;

	unlock_stock(pcp);
	if (consumed)
		return 0;
	error = __obj_cgroup_charge(objcg, gfp, bytes, &rest);
	if (error || !rest)
		return error;
	pcp = trylock_stock();
	__refill_obj_stock(objcg, pcp, rest, false);
	unlock_stock(pcp);
	return 0;
}

void obj_cgroup_uncharge(struct obj_cgroup *objcg, size_t bytes)
{
	struct obj_stock_pcp *pcp = trylock_stock();

	__refill_obj_stock(objcg, pcp, bytes, true);
	unlock_stock(pcp);
}

static void obj_cgroup_release(struct percpu_ref *ref)
{
	struct obj_cgroup *objcg = container_of(ref, struct obj_cgroup, refcnt);
	unsigned int bytes = atomic_read(&objcg->nr_charged_bytes);
	unsigned long flags;

	WARN_ON_ONCE(bytes & (PAGE_SIZE - 1));
	if (bytes)
		change_pages(objcg, bytes >> PAGE_SHIFT, give_back);
	spin_lock_irqsave(&objcg_lock, flags);
	list_del(&objcg->list);
	spin_unlock_irqrestore(&objcg_lock, flags);
	kfree_rcu(objcg, rcu);
}

static struct obj_cgroup *obj_cgroup_alloc(void)
{
	struct obj_cgroup *objcg = kzalloc_obj(struct obj_cgroup);

	if (objcg) {
		percpu_ref_init(&objcg->refcnt, obj_cgroup_release, 0, GFP_KERNEL);
		INIT_LIST_HEAD(&objcg->list);
	}
	return objcg;
}

static struct obj_cgroup *__get_obj_cgroup_from_memcg(struct mem_cgroup *memcg, int nid)
{
	while (memcg) {
		struct obj_cgroup *objcg = rcu_dereference(memcg->nodeinfo[nid]->objcg);

		if (objcg && percpu_ref_tryget(&objcg->refcnt))
			return objcg;
		memcg = parent_mem_cgroup(memcg);
	}
	return NULL;
}

static void memcg_reparent_objcgs(struct mem_cgroup *memcg)
{
	struct mem_cgroup *parent = parent_mem_cgroup(memcg);
	int nid;

	for_each_node(nid) {
		struct mem_cgroup_per_node *from = memcg->nodeinfo[nid];
		struct obj_cgroup *own, *each;

		spin_lock_irq(&objcg_lock);
		own = rcu_replace_pointer(from->objcg, NULL, true);
		list_add(&own->list, &from->objcg_list);
		list_for_each_entry(each, &from->objcg_list, list)
			WRITE_ONCE(each->memcg, parent);
		list_splice(&from->objcg_list, &parent->nodeinfo[nid]->objcg_list);
		spin_unlock_irq(&objcg_lock);
		percpu_ref_kill(&own->refcnt);
	}
}

/* Drains */

static bool has_pages_below(struct memcg_stock_pcp *pcp, struct mem_cgroup *root)
{
	guard(rcu)();
	for (int slot = 0; slot < NR_MEMCG_STOCK; slot++) {
		struct mem_cgroup *owner = READ_ONCE(pcp->cached[slot]);

		if (owner && READ_ONCE(pcp->nr_pages[slot]) && mem_cgroup_is_descendant(owner, root))
			return true;
	}
	return false;
}

static bool has_objects_below(struct obj_stock_pcp *pcp, struct mem_cgroup *root)
{
	guard(rcu)();
	for (int slot = 0; slot < NR_OBJ_STOCK; slot++) {
		struct obj_cgroup *owner = READ_ONCE(pcp->cached[slot]);

		if (owner && mem_cgroup_is_descendant(READ_ONCE(owner->memcg), root))
			return true;
	}
	return false;
}

/* An isolated CPU is not marked: nobody would drain it. */
static bool mark(int cpu, int here, unsigned long *flags)
{
	return (cpu == here || !cpu_is_isolated(cpu)) && !test_and_set_bit(DRAINING, flags);
}

void drain_all_stock(struct mem_cgroup *root)
{
	int cpu, here;

	if (!mutex_trylock(&percpu_charge_mutex))
		return;
	migrate_disable();
	here = smp_processor_id();
	for_each_online_cpu(cpu) {
		struct memcg_stock_pcp *pages = per_cpu_ptr(&memcg_stock, cpu);
		struct obj_stock_pcp *bytes = per_cpu_ptr(&obj_stock, cpu);

		if (!test_bit(DRAINING, &pages->flags) && has_pages_below(pages, root) &&
		    mark(cpu, here, &pages->flags)) {
			if (cpu == here)
				drain_local_memcg_stock(&pages->work);
			else
				queue_work_on(cpu, memcg_wq, &pages->work);
		}
		if (!test_bit(DRAINING, &bytes->flags) && has_objects_below(bytes, root) &&
		    mark(cpu, here, &bytes->flags)) {
			if (cpu == here)
				drain_local_obj_stock(&bytes->work);
			else
				queue_work_on(cpu, memcg_wq, &bytes->work);
		}
	}
	migrate_enable();
	mutex_unlock(&percpu_charge_mutex);
}

static int memcg_hotplug_cpu_dead(unsigned int cpu)
{
	drain_objects(per_cpu_ptr(&obj_stock, cpu));
	drain_slots(per_cpu_ptr(&memcg_stock, cpu));
	return 0;
}
