// SPDX-License-Identifier: GPL-2.0-only
/* The hooks of kernel objects as functions, and what the kernel never changes. Compiled without
 * instrumentation. */
#include <stockcheck/hook_table.h>
#include <stockcheck/hooks.h>
#include <stockcheck/memcg.h>

void* sc_current_objcg(void) { return sc_hooks->objects->current_objcg(); }
void sc_free_later(void* memory, const struct explore_site* at) {
  sc_hooks->objects->free_later(memory, at);
}
void sc_count_slab(void* memcg, unsigned node_id, bool reclaimable, long by,
                   const struct explore_site* at) {
  sc_hooks->objects->count_slab(memcg, node_id, reclaimable, by, at);
}
void sc_bad_reference(const char* what, const struct explore_site* at) {
  sc_hooks->objects->bad_reference(what, at);
}

static struct pglist_data nodes[SC_MAX_NODES] = {{0}, {1}};

struct pglist_data* sc_node(unsigned node_id) { return &nodes[node_id]; }
unsigned sc_node_id(const struct pglist_data* node) { return (unsigned)node->node_id; }
unsigned sc_node_of_lruvec(const struct lruvec* lruvec) { return lruvec->node_id; }
struct pglist_data* slab_pgdat(const struct slab* slab) { return sc_node((unsigned)slab->node_id); }
enum node_stat_item cache_vmstat_idx(const struct kmem_cache* s) {
  return (s->flags & SLAB_RECLAIM_ACCOUNT) != 0 ? NR_SLAB_RECLAIMABLE_B : NR_SLAB_UNRECLAIMABLE_B;
}
