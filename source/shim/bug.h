/* The kernel's warnings, each of which is a finding, and what a scenario never needs. */
#ifndef SC_SHIM_BUG_H
#define SC_SHIM_BUG_H

#include <stockcheck/types.h>

#define WARN(condition, ...)                                        \
  ({                                                                \
    bool sc_warns = !!(condition);                                  \
    if (sc_warns) sc_warn(SC_HERE, __VA_ARGS__);                    \
    sc_warns;                                                       \
  })
#define WARN_ONCE WARN
#define WARN_ON(condition) WARN(condition, "WARN_ON(" #condition ")")
#define WARN_ON_ONCE WARN_ON
#define VM_WARN_ON(condition) ((void)WARN_ON(condition))
#define VM_WARN_ON_ONCE VM_WARN_ON
#define VM_BUG_ON VM_WARN_ON
#define BUG_ON VM_WARN_ON
#define VM_BUG_ON_PAGE(condition, page) VM_BUG_ON(condition)

#define cond_resched() ((void)0)

unsigned long long memparse(const char* text, char** end);

#endif
