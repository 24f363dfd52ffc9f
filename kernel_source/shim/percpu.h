// SPDX-License-Identifier: GPL-2.0-only
/* Per-CPU data, and what keeps a task on its CPU. */
#ifndef SC_SHIM_PERCPU_H
#define SC_SHIM_PERCPU_H

#include <stockcheck/access.h>

#define SC_MAX_CPUS 4
/* From a CPU's copy of what alloc_percpu() returned to the next one's, in bytes. */
#define SC_PERCPU_STRIDE 512

void* sc_per_cpu_ptr(const void* variable, unsigned cpu);
void* sc_alloc_percpu(size_t size, size_t alignment, const struct explore_site* at);

#define DEFINE_PER_CPU(type, name) __attribute__((section("sc_percpu"))) __typeof__(type) name
#define DECLARE_PER_CPU(type, name) extern __typeof__(type) name
#define EXPORT_PER_CPU_SYMBOL(name)
#define EXPORT_PER_CPU_SYMBOL_GPL(name)
#define DEFINE_PER_CPU_ALIGNED(type, name) DEFINE_PER_CPU(type, name)
#define DEFINE_PER_CPU_SHARED_ALIGNED(type, name) DEFINE_PER_CPU(type, name)

#define per_cpu_ptr(p, cpu) ((__typeof__(p))sc_per_cpu_ptr((p), cpu))
#define per_cpu(variable, cpu) (*per_cpu_ptr(&(variable), cpu))
#define this_cpu_ptr(p) per_cpu_ptr(p, smp_processor_id())
#define raw_cpu_ptr(p) this_cpu_ptr(p)
#define smp_processor_id() sc_this_cpu(SC_HERE)
#define raw_smp_processor_id() smp_processor_id()
#define get_cpu() ({ preempt_disable(); smp_processor_id(); })
#define put_cpu() preempt_enable()

/* Zeroed, as the kernel's. */
#define alloc_percpu(type) \
  ((__typeof__(type)*)sc_alloc_percpu(sizeof(type), _Alignof(type), SC_HERE))
#define alloc_percpu_gfp(type, gfp) ((void)(gfp), alloc_percpu(type))
#define free_percpu(p) sc_free((p), SC_HERE)

#define nr_cpu_ids sc_nr_cpus()
#define num_possible_cpus() sc_nr_cpus()
#define for_each_possible_cpu(cpu) for ((cpu) = 0; (cpu) < num_possible_cpus(); ++(cpu))

#define migrate_disable() sc_migration_off(true, SC_HERE)
#define migrate_enable() sc_migration_off(false, SC_HERE)
#define preempt_disable() sc_preempt_off(true, SC_HERE)
#define preempt_enable() sc_preempt_off(false, SC_HERE)

#endif
