// SPDX-License-Identifier: GPL-2.0-only
/* The hooks of memory cgroups as functions. Compiled without instrumentation. */
#include <stockcheck/hook_table.h>
#include <stockcheck/hooks.h>

unsigned sc_charge_batch(void) { return sc_hooks->memcg->charge_batch(); }
unsigned sc_page_shift = 12;
void sc_update_page_shift(void) { sc_page_shift = sc_hooks->memcg->page_shift(); }
bool sc_accounts_memsw(void) { return sc_hooks->memcg->accounts_memsw(); }

void sc_css_get(void* css, long references, const struct explore_site* at) {
  sc_hooks->memcg->css_get(css, references, at);
}
bool sc_css_tryget(void* css, const struct explore_site* at) {
  return sc_hooks->memcg->css_tryget(css, at);
}
void sc_css_put(void* css, long references, const struct explore_site* at) {
  sc_hooks->memcg->css_put(css, references, at);
}
void* sc_parent(const void* memcg, const struct explore_site* at) {
  return sc_hooks->memcg->parent(memcg, at);
}
bool sc_is_descendant(const void* memcg, const void* root, const struct explore_site* at) {
  return sc_hooks->memcg->is_descendant(memcg, root, at);
}
void sc_counter_used(const void* counter, const struct explore_site* at) {
  sc_hooks->memcg->counter_used(counter, at);
}
void sc_count(void* memcg, enum sc_statistic of, long by, const struct explore_site* at) {
  sc_hooks->memcg->count(memcg, of, by, at);
}

void* sc_current_task(void) { return *sc_hooks->memcg->current_task(); }
void sc_set_current_task(void* task) { *sc_hooks->memcg->current_task() = task; }
unsigned sc_reclaim_retries(void) { return sc_hooks->memcg->reclaim_retries(); }
unsigned long sc_reclaim(void* memcg, unsigned long nr_pages, const struct explore_site* at) {
  return sc_hooks->memcg->reclaim(memcg, nr_pages, at);
}
bool sc_oom_kill(void* memcg, const struct explore_site* at) {
  return sc_hooks->memcg->oom_kill(memcg, at);
}
