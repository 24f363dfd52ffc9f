// SPDX-License-Identifier: GPL-2.0-only
/* Which CPUs are there, and work for them. */
#ifndef SC_SHIM_CPUS_H
#define SC_SHIM_CPUS_H

#include <stockcheck/percpu.h>

#define cpu_online(cpu) sc_is_online((cpu), SC_HERE)
#define for_each_online_cpu(cpu)   \
  for_each_possible_cpu(cpu)       \
    if (!cpu_online(cpu)) continue; \
    else
#define cpu_is_isolated(cpu) sc_is_isolated((cpu), SC_HERE)

struct work_struct;
typedef void (*work_func_t)(struct work_struct* work);
struct work_struct {
  work_func_t func;
};
#define INIT_WORK(work, function) ((work)->func = (function))
/* A queue is as good as another. */
struct workqueue_struct;
#define queue_work_on(cpu, queue, work) ((void)(queue), schedule_work_on((cpu), (work)))
#define schedule_work_on(cpu, work) sc_queue_work((cpu), (work), SC_HERE)
#define schedule_work(work) ((void)(work), sc_unsupported("the shim has no schedule_work()", SC_HERE), false)

#endif
