// SPDX-License-Identifier: GPL-2.0-only
/* RCU: read sections, and pointers that readers follow. */
#ifndef SC_SHIM_RCU_H
#define SC_SHIM_RCU_H

#include <stockcheck/access.h>

struct rcu_head {
  void* unused[2];
};

#define rcu_read_lock() sc_rcu_reader(true, SC_HERE)
#define rcu_read_unlock() sc_rcu_reader(false, SC_HERE)

/* The dependency that orders what is done with the pointer is none in the engine's models. */
#define rcu_dereference(p) SC_LOAD(&(p), ACQUIRE)
#define rcu_dereference_protected(p, condition) (p)
#define rcu_access_pointer(p) READ_ONCE(p)
#define rcu_assign_pointer(p, v) smp_store_release(&(p), v)
#define RCU_INIT_POINTER(p, v) WRITE_ONCE(p, v)
#define rcu_replace_pointer(p, v, condition) \
  ({                                         \
    __auto_type sc_before = (p);             \
    rcu_assign_pointer(p, v);                \
    sc_before;                               \
  })

#endif
