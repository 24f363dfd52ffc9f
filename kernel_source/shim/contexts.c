// SPDX-License-Identifier: GPL-2.0-only
/* The hooks of contexts as functions. Compiled without instrumentation. */
#include <stockcheck/hook_table.h>
#include <stockcheck/hooks.h>

unsigned sc_this_cpu(const struct explore_site* at) { return sc_hooks->contexts->this_cpu(at); }
unsigned sc_nr_cpus(void) { return sc_hooks->contexts->nr_cpus(); }
void sc_preempt_off(bool begins, const struct explore_site* at) {
  sc_hooks->contexts->preempt_off(begins, at);
}
void sc_migration_off(bool begins, const struct explore_site* at) {
  sc_hooks->contexts->migration_off(begins, at);
}
void sc_irqs_off(bool begins, const struct explore_site* at) {
  sc_hooks->contexts->irqs_off(begins, at);
}
void sc_rcu_reader(bool begins, const struct explore_site* at) {
  sc_hooks->contexts->rcu_reader(begins, at);
}
bool sc_in_task(void) { return sc_hooks->contexts->in_task(); }
unsigned sc_choose(unsigned number) { return sc_hooks->contexts->choose(number); }

void sc_lock(void* lock, const struct explore_site* at) { sc_hooks->contexts->lock(lock, at); }
bool sc_try_lock(void* lock, const struct explore_site* at) {
  return sc_hooks->contexts->try_lock(lock, at);
}
void sc_unlock(void* lock, const struct explore_site* at) { sc_hooks->contexts->unlock(lock, at); }
void sc_bad_local_lock(bool taken, const struct explore_site* at) {
  sc_hooks->contexts->bad_local_lock(taken, at);
}

bool sc_is_online(unsigned cpu, const struct explore_site* at) {
  return sc_hooks->contexts->is_online(cpu, at);
}
bool sc_is_isolated(unsigned cpu, const struct explore_site* at) {
  return sc_hooks->contexts->is_isolated(cpu, at);
}
bool sc_queue_work(unsigned cpu, void* work, const struct explore_site* at) {
  return sc_hooks->contexts->queue_work(cpu, work, at);
}
