// SPDX-License-Identifier: GPL-2.0-only
/* The hooks as functions, for the shim's headers: reading the table would count as an access of the
 * code under test. Code for real threads, SC_NATIVE, has instructions for those that access memory.
 */
#ifndef SC_SHIM_HOOKS_H
#define SC_SHIM_HOOKS_H

#include "kernel_source/hooks.h"

#ifdef SC_NATIVE
#include <stockcheck/native.h>
#else
uint64_t sc_load(const void* address, size_t size, enum explore_order order,
                 const struct explore_site* at);
void sc_store(void* address, size_t size, uint64_t value, enum explore_order order,
              const struct explore_site* at);
uint64_t sc_rmw(void* address, size_t size, enum explore_rmw op, uint64_t operand,
                enum explore_order order, const struct explore_site* at);
bool sc_cas(void* address, size_t size, uint64_t* expected, uint64_t desired,
            enum explore_order success, const struct explore_site* at);
void sc_fence(enum explore_order order, const struct explore_site* at);
void sc_racy(bool begins);
#endif
void* sc_alloc(size_t size, size_t alignment, bool zeroed, const struct explore_site* at);
void sc_free(void* memory, const struct explore_site* at);
/* The kernel warns, because a condition holds, which is quoted. */
void sc_warn(const struct explore_site* at, const char* condition, const char* format, ...)
    __attribute__((format(printf, 3, 4)));
void sc_unsupported(const char* why, const struct explore_site* at);

unsigned sc_this_cpu(const struct explore_site* at);
unsigned sc_nr_cpus(void);
void sc_preempt_off(bool begins, const struct explore_site* at);
void sc_migration_off(bool begins, const struct explore_site* at);
void sc_irqs_off(bool begins, const struct explore_site* at);
void sc_rcu_reader(bool begins, const struct explore_site* at);
bool sc_in_task(void);
unsigned sc_choose(unsigned number);
void sc_lock(void* lock, const struct explore_site* at);
bool sc_try_lock(void* lock, const struct explore_site* at);
void sc_unlock(void* lock, const struct explore_site* at);
void sc_bad_local_lock(bool taken, const struct explore_site* at);
bool sc_is_online(unsigned cpu, const struct explore_site* at);
bool sc_is_isolated(unsigned cpu, const struct explore_site* at);
bool sc_queue_work(unsigned cpu, void* work, const struct explore_site* at);

unsigned sc_charge_batch(void);
/* Looks up what sc_page_shift is. */
void sc_update_page_shift(void);
bool sc_accounts_memsw(void);
void sc_css_get(void* css, long references, const struct explore_site* at);
bool sc_css_tryget(void* css, const struct explore_site* at);
void sc_css_put(void* css, long references, const struct explore_site* at);
void* sc_parent(const void* memcg, const struct explore_site* at);
bool sc_is_descendant(const void* memcg, const void* root, const struct explore_site* at);
void sc_counter_used(const void* counter, const struct explore_site* at);
void sc_count(void* memcg, enum sc_statistic of, long by, const struct explore_site* at);
void* sc_current_task(void);
void sc_set_current_task(void* task);
unsigned sc_reclaim_retries(void);
unsigned long sc_reclaim(void* memcg, unsigned long nr_pages, const struct explore_site* at);
bool sc_oom_kill(void* memcg, const struct explore_site* at);

void* sc_current_objcg(void);
void sc_free_later(void* memory, const struct explore_site* at);
void sc_count_slab(void* memcg, unsigned node_id, bool reclaimable, long by,
                   const struct explore_site* at);
void sc_bad_reference(const char* what, const struct explore_site* at);

#endif
