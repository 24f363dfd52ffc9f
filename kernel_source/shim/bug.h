// SPDX-License-Identifier: GPL-2.0-only
/* The kernel's warnings, each of which is a finding, and what a scenario never needs. */
#ifndef SC_SHIM_BUG_H
#define SC_SHIM_BUG_H

#include <stockcheck/types.h>

/* What is found is known by its condition, which is the kernel's text: each of the macros below
 * quotes it itself, because what a macro hands on is expanded before another one can quote it. */
#define SC_WARN(condition, quoted, ...)                    \
  ({                                                       \
    bool sc_warns = !!(condition);                         \
    if (sc_warns) sc_warn(SC_HERE, quoted, __VA_ARGS__);   \
    sc_warns;                                              \
  })
#define SC_WARN_ON(condition, quoted) SC_WARN(condition, quoted, "WARN_ON(%s)", quoted)

#define WARN(condition, ...) SC_WARN(condition, #condition, __VA_ARGS__)
#define WARN_ONCE(condition, ...) SC_WARN(condition, #condition, __VA_ARGS__)
#define WARN_ON(condition) SC_WARN_ON(condition, #condition)
#define WARN_ON_ONCE(condition) SC_WARN_ON(condition, #condition)
#define VM_WARN_ON(condition) ((void)SC_WARN_ON(condition, #condition))
#define VM_WARN_ON_ONCE(condition) ((void)SC_WARN_ON(condition, #condition))
#define VM_BUG_ON(condition) ((void)SC_WARN_ON(condition, #condition))
#define BUG_ON(condition) ((void)SC_WARN_ON(condition, #condition))
#define VM_BUG_ON_PAGE(condition, page) ((void)SC_WARN_ON(condition, #condition))

#define cond_resched() ((void)0)

unsigned long long memparse(const char* text, char** end);

#endif
