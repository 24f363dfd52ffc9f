/* The hooks as functions, for the shim's headers: reading the table would count as an access of the
 * code under test. */
#ifndef SC_SHIM_HOOKS_H
#define SC_SHIM_HOOKS_H

#include "source/hooks.h"

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
void* sc_alloc(size_t size, size_t alignment, bool zeroed, const struct explore_site* at);
void sc_free(void* memory, const struct explore_site* at);
unsigned sc_this_cpu(const struct explore_site* at);
unsigned sc_nr_cpus(void);
void sc_preempt(bool off, const struct explore_site* at);
void sc_warn(const char* text, const struct explore_site* at);
void sc_unsupported(const char* what, const struct explore_site* at);

#endif
