// SPDX-License-Identifier: GPL-2.0-only
/* What the kernel's C, compiled against kernel_source/shim, calls: one table of functions.
 *
 * The shim's headers turn the kernel's primitives into calls of this table, with the ordering that
 * the kernel's memory model gives them; the compiler's -fsanitize=thread does the same for plain
 * accesses. Behind the table is the exploration engine, or what real threads have. Sizes are 1, 2, 4
 * or 8 bytes, values are zero-extended.
 */
#ifndef STOCKCHECK_SOURCE_HOOKS_H
#define STOCKCHECK_SOURCE_HOOKS_H

#include "explore/hooks.h"

/* What a task is in, and on which CPU. */
struct sc_context_hooks {
  /* The running task's CPU, which it may leave unless something keeps it there. */
  unsigned (*this_cpu)(const struct explore_site* at);
  unsigned (*nr_cpus)(void);
  /* Sections, from where they begin to where they end: they nest. */
  void (*preempt_off)(bool begins, const struct explore_site* at);
  void (*migration_off)(bool begins, const struct explore_site* at);
  void (*irqs_off)(bool begins, const struct explore_site* at);
  void (*rcu_reader)(bool begins, const struct explore_site* at);
  /* No interrupt handler is running. */
  bool (*in_task)(void);
  /* A number below that one. */
  unsigned (*choose)(unsigned number);

  /* Mutexes and spin locks: four bytes that are 0 while they are free. */
  void (*lock)(void* lock, const struct explore_site* at);
  bool (*try_lock)(void* lock, const struct explore_site* at);
  void (*unlock)(void* lock, const struct explore_site* at);
  /* A local lock is taken by who has it, or is given back by who does not. */
  void (*bad_local_lock)(bool taken, const struct explore_site* at);

  bool (*is_online)(unsigned cpu, const struct explore_site* at);
  bool (*is_isolated)(unsigned cpu, const struct explore_site* at);
  /* False if the work was queued already. */
  bool (*queue_work)(unsigned cpu, void* work, const struct explore_site* at);
};

/* Numbers of memory.stat that are counted. */
enum sc_statistic { SC_SOCK, SC_KMEM, SC_NR_STATISTICS };

/* Memory cgroups: their references, and what the rest of the kernel does for them. A group is the
 * address of its struct mem_cgroup. */
struct sc_memcg_hooks {
  unsigned (*charge_batch)(void);
  unsigned (*page_shift)(void);
  /* Whether memory and swap have a counter of their own: cgroup v1. */
  bool (*accounts_memsw)(void);

  void (*css_get)(void* css, long references, const struct explore_site* at);
  bool (*css_tryget)(void* css, const struct explore_site* at);
  void (*css_put)(void* css, long references, const struct explore_site* at);
  /* Null for the root. */
  void* (*parent)(const void* memcg, const struct explore_site* at);
  /* May be asked in an RCU read section. */
  bool (*is_descendant)(const void* memcg, const void* root, const struct explore_site* at);
  /* A counter of a group changes: the group must have references. */
  void (*counter_used)(const void* counter, const struct explore_site* at);
  void (*count)(void* memcg, enum sc_statistic of, long by, const struct explore_site* at);

  /* Returns where the running task's struct task_struct is noted as long as its charge lasts. */
  void** (*current_task)(void);
  unsigned (*reclaim_retries)(void);
  /* How many pages were uncharged. */
  unsigned long (*reclaim)(void* memcg, unsigned long nr_pages, const struct explore_site* at);
  bool (*oom_kill)(void* memcg, const struct explore_site* at);
};

/* Kernel objects and their obj_cgroups, which are the addresses of the structures. */
struct sc_object_hooks {
  /* What the running task or handler allocates objects for. */
  void* (*current_objcg)(void);
  /* kfree_rcu(): nobody uses the memory any more, but who reads it already. */
  void (*free_later)(void* memory, const struct explore_site* at);
  /* Bytes of slabs of a group on a node, in memory.numa_stat. */
  void (*count_slab)(void* memcg, unsigned node_id, bool reclaimable, long by,
                     const struct explore_site* at);
  /* A reference is taken or put that is not there. */
  void (*bad_reference)(const char* what, const struct explore_site* at);
};

struct sc_hook_table {
  uint64_t (*load)(const void* address, size_t size, enum explore_order order,
                   const struct explore_site* at);
  void (*store)(void* address, size_t size, uint64_t value, enum explore_order order,
                const struct explore_site* at);
  /* Returns the value before. */
  uint64_t (*rmw)(void* address, size_t size, enum explore_rmw op, uint64_t operand,
                  enum explore_order order, const struct explore_site* at);
  /* Fully ordered if it succeeds, relaxed if not; then *expected is what was read. */
  bool (*cas)(void* address, size_t size, uint64_t* expected, uint64_t desired,
              enum explore_order success, const struct explore_site* at);
  void (*fence)(enum explore_order order, const struct explore_site* at);

  /* Before the compiled code reads memory: makes it hold what the memory model lets it read. A
   * size that is no word's is that of several. */
  void (*plain_read)(void* address, size_t size, const void* pc);
  /* Before it writes: the value is taken from there before anything else happens. */
  void (*plain_write)(void* address, size_t size, const void* pc);
  /* From now on, or no longer, plain accesses race with nothing: data_race(). */
  void (*racy)(bool begins);

  /* Memory for the rest of the execution, or until it is freed. NULL if there is none, or if the
   * scenario lets allocations fail. */
  void* (*alloc)(size_t size, size_t alignment, bool zeroed, const struct explore_site* at);
  void (*free)(void* memory, const struct explore_site* at);

  /* An instruction at the beginning of a basic block runs. */
  void (*ran)(const void* pc);

  /* The kernel warns, because the condition holds: it is shown as the source has it, and is a
   * literal. `text` lives until the execution ends. */
  void (*warn)(const char* text, const char* condition, const struct explore_site* at);
  /* The scenario asks for something that the code under test does not have: it says nothing about
   * this code. */
  void (*absent)(const char* what);
  /* The code under test could not be compiled, or wants something that the shim does not have: no
   * verdict about it. `why` is a clause. */
  void (*unsupported)(const char* why, const struct explore_site* at);

  const struct sc_context_hooks* contexts;
  const struct sc_memcg_hooks* memcg;
  const struct sc_object_hooks* objects;
};

#define SC_HERE EXPLORE_HERE

/* A member of one of the kernel's structures. */
struct sc_field {
  const char* name;
  size_t offset;
  size_t size;
};

/* Marks what stockcheck looks up in the object: sc_enter(), which sets sc_hooks, and the functions
 * that return tables. */
#define SC_EXPORT __attribute__((visibility("default")))

#endif
