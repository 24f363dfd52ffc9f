// SPDX-License-Identifier: GPL-2.0-only
/* The engine for code in C: operations by address and size.
 *
 * Valid within an execution only, like operations.hpp. While the program runs alone an access is an
 * ordinary one to the memory at its address. While its tasks run the memory keeps what it was when
 * they started, and the engine has what they write; when they have ended, memory gets the latest
 * values. What is accessed has the same address in every execution: it is a global, or comes from
 * explore_alloc(). Atomic and plain accesses to one address may be mixed; different sizes, or
 * accesses that overlap, end the execution with a finding.
 */
#ifndef STOCKCHECK_EXPLORE_HOOKS_H
#define STOCKCHECK_EXPLORE_HOOKS_H

#ifdef __cplusplus
#include <cstddef>
#include <cstdint>
extern "C" {
#else
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#endif

/* A line of source; the strings are literals. */
struct explore_site {
  const char* file;
  const char* function;
  unsigned line;
};

#define EXPLORE_HERE /* The site of the call, for C: static, so that nothing stores it there. */ \
  (__extension__({ static const struct explore_site at_ = {__FILE__, __func__, __LINE__}; &at_; }))

/* Order of an access: as memory_order of request.hpp. A plain access races with unordered
 * conflicting ones; a racy one (the kernel's data_race()) never does. */
enum explore_order {
  EXPLORE_PLAIN,
  EXPLORE_RACY,
  EXPLORE_RELAXED,
  EXPLORE_ACQUIRE,
  EXPLORE_RELEASE,
  EXPLORE_ACQ_REL,
  EXPLORE_SEQ_CST,
  EXPLORE_FULL /* the kernel's fully ordered RMW; smp_mb() as a fence */
};

enum explore_rmw {
  EXPLORE_EXCHANGE = 2,
  EXPLORE_FETCH_ADD,
  EXPLORE_FETCH_SUB,
  EXPLORE_FETCH_AND,
  EXPLORE_FETCH_OR,
  EXPLORE_FETCH_XOR
};

/* `size` is 1, 2, 4 or 8 bytes and the address a multiple of it. Values are zero-extended. */
uint64_t explore_load(const void* address, size_t size, enum explore_order order,
                      const struct explore_site* at);
void explore_store(void* address, size_t size, uint64_t value, enum explore_order order,
                   const struct explore_site* at);
/* Returns the value before. */
uint64_t explore_rmw(void* address, size_t size, enum explore_rmw op, uint64_t operand,
                     enum explore_order order, const struct explore_site* at);
/* Strong. On failure *expected becomes the value that was read, and `failure` is its order. */
bool explore_cas(void* address, size_t size, uint64_t* expected, uint64_t desired,
                 enum explore_order success, enum explore_order failure,
                 const struct explore_site* at);
void explore_fence(enum explore_order order, const struct explore_site* at);

/* Ordinary memory. */
uint64_t explore_plain_read(const void* address, size_t size, const struct explore_site* at);
void explore_plain_write(void* address, size_t size, uint64_t value, const struct explore_site* at);

/* Memory for the rest of the execution, or until it is freed; NULL when a task's share of a
 * megabyte is used up. Reading it before it is written is a finding, unless it is zeroed. */
void* explore_alloc(size_t size, size_t alignment, bool zeroed, const struct explore_site* at);
void explore_free(void* memory, const struct explore_site* at);

/* A number below n: all of them are explored. */
uint32_t explore_choose(uint32_t n, const struct explore_site* at);

/* Waits until holds(argument), which may only load; the spinning is not explored. */
void explore_block(bool (*holds)(void*), void* argument, const struct explore_site* at);
/* A mutex is four bytes that are 0 while it is free. */
void explore_lock(void* mutex, const struct explore_site* at);
bool explore_try_lock(void* mutex, const struct explore_site* at);
void explore_unlock(void* mutex, const struct explore_site* at);

/* Whether an address lies on the stack of the running task: memory of its own. */
bool explore_on_stack(const void* address);

/* Ends the execution with a finding; does not return. */
void explore_fail(const char* what, const struct explore_site* at);
/* Ends the execution as well, if the program asks for what the code under test does not have. */
void explore_absent(const char* what, const struct explore_site* at);
/* Ends the execution as well, if the code under test asks for what it cannot be given here. */
void explore_unsupported(const char* what, const struct explore_site* at);
/* Names memory "owner.name" in what is shown; the strings are literals. */
void explore_name(const void* object, size_t size, const char* owner, const char* name);

#ifdef __cplusplus
}
#endif

#endif
