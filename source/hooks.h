/* What the kernel's C, compiled against source/shim, calls: one table of functions.
 *
 * The shim's headers turn the kernel's primitives into calls of this table, with the ordering that
 * the kernel's memory model gives them; the compiler's -fsanitize=thread does the same for plain
 * accesses. Behind the table is the exploration engine. Sizes are 1, 2, 4 or 8 bytes, values are
 * zero-extended.
 */
#ifndef STOCKCHECK_SOURCE_HOOKS_H
#define STOCKCHECK_SOURCE_HOOKS_H

#include "explore/hooks.h"

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

  /* The running task's CPU, which it may leave unless something keeps it there. */
  unsigned (*this_cpu)(const struct explore_site* at);
  unsigned (*nr_cpus)(void);
  void (*preempt)(bool off, const struct explore_site* at);

  /* An instruction at the beginning of a basic block runs. */
  void (*ran)(const void* pc);

  /* The kernel warns. `text` lives until the execution ends. */
  void (*warn)(const char* text, const struct explore_site* at);
  /* The code under test wants something that the shim does not have: no verdict about it. */
  void (*unsupported)(const char* what, const struct explore_site* at);
};

#define SC_HERE EXPLORE_HERE

/* Of what stockcheck looks up in the object: sc_enter(), which sets sc_hooks, and the functions that
 * return tables. */
#define SC_EXPORT __attribute__((visibility("default")))

#endif
