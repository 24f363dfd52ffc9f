// SPDX-License-Identifier: GPL-2.0-only
/* Sections that end with the block that they begin in: guard() and scoped_guard() of
 * linux/cleanup.h. */
#ifndef SC_SHIM_GUARDS_H
#define SC_SHIM_GUARDS_H

#include <stockcheck/locks.h>
#include <stockcheck/percpu.h>
#include <stockcheck/rcu.h>

/* Nobody else sees it: it is on the stack. */
struct sc_guard {
  void* of;
  bool ended;
};

#define SC_GUARD(name, parameters, argument, begin, end)        \
  static inline struct sc_guard sc_guard_##name parameters {    \
    begin;                                                      \
    return (struct sc_guard){argument, false};                  \
  }                                                             \
  static inline void sc_end_##name(struct sc_guard* sc_guard) { \
    (void)sc_guard;                                             \
    end;                                                        \
  }
SC_GUARD(rcu, (void), 0, rcu_read_lock(), rcu_read_unlock())
SC_GUARD(preempt, (void), 0, preempt_disable(), preempt_enable())
SC_GUARD(migrate, (void), 0, migrate_disable(), migrate_enable())
SC_GUARD(irq, (void), 0, local_irq_disable(), local_irq_enable())
SC_GUARD(mutex, (struct mutex * m), m, mutex_lock(m), mutex_unlock((struct mutex*)sc_guard->of))
SC_GUARD(spinlock, (spinlock_t * l), l, spin_lock(l), spin_unlock((spinlock_t*)sc_guard->of))
SC_GUARD(spinlock_irq, (spinlock_t * l), l, spin_lock_irq(l),
         spin_unlock_irq((spinlock_t*)sc_guard->of))

#define SC_JOINED(a, b) SC_JOINED_(a, b)
#define SC_JOINED_(a, b) a##b
#define guard(name)                                                          \
  __attribute__((cleanup(sc_end_##name), unused)) struct sc_guard SC_JOINED( \
      sc_guard_at_, __LINE__) = sc_guard_##name
#define scoped_guard(name, ...)                                           \
  for (__attribute__((cleanup(sc_end_##name))) struct sc_guard sc_scope = \
           sc_guard_##name(__VA_ARGS__);                                  \
       !sc_scope.ended; sc_scope.ended = true)

#endif
