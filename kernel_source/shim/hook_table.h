// SPDX-License-Identifier: GPL-2.0-only
/* For the parts of the shim that are compiled without instrumentation. */
#ifndef SC_SHIM_HOOK_TABLE_H
#define SC_SHIM_HOOK_TABLE_H

#include "kernel_source/hooks.h"

/* Null until sc_enter(). */
extern const struct sc_hook_table* sc_hooks;

/* Gives each CPU its copy of the per-CPU variables. */
void sc_copy_percpu(void);

#endif
