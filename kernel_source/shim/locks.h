// SPDX-License-Identifier: GPL-2.0-only
/* Locks. A local lock is no lock outside of PREEMPT_RT: it keeps interrupts away. */
#ifndef SC_SHIM_LOCKS_H
#define SC_SHIM_LOCKS_H

#include <stockcheck/types.h>

/* Their flags are the kernel's business: what sections begin and end is known here. */
#define local_irq_save(flags) ((flags) = 0, sc_irqs_off(true, SC_HERE))
#define local_irq_restore(flags) ((void)(flags), sc_irqs_off(false, SC_HERE))
#define local_irq_disable() sc_irqs_off(true, SC_HERE)
#define local_irq_enable() sc_irqs_off(false, SC_HERE)

/* That it is taken twice is still wrong: PREEMPT_RT would wait for ever. */
typedef struct {
  int held;
} local_lock_t;
#define INIT_LOCAL_LOCK(name) {0}
#define local_lock_init(lock) ((void)(lock))
void sc_local_lock(const void* lock, bool begins, const struct explore_site* at);

/* May leave interrupts on: what comes in between fails to take it. */
typedef struct {
  int acquired;
} local_trylock_t;
#define INIT_LOCAL_TRYLOCK(name) {0}
#define local_trylock_init(lock) ((void)(lock))
bool sc_local_trylock(const void* lock, const struct explore_site* at);
void sc_local_trylock_section(const void* lock, bool begins, const struct explore_site* at);

#define SC_LOCAL_LOCK(lock, begins)                                                      \
  _Generic((lock), local_trylock_t *: sc_local_trylock_section, default: sc_local_lock)( \
      (lock), begins, SC_HERE)
#define SC_LOCAL_TRYLOCK(lock, begin, end)           \
  ({                                                 \
    begin;                                           \
    bool sc_got = sc_local_trylock((lock), SC_HERE); \
    if (!sc_got) end;                                \
    sc_got;                                          \
  })
#define local_lock(lock) (sc_preempt_off(true, SC_HERE), SC_LOCAL_LOCK(lock, true))
#define local_unlock(lock) (SC_LOCAL_LOCK(lock, false), sc_preempt_off(false, SC_HERE))
#define local_lock_irq(lock) (local_irq_disable(), SC_LOCAL_LOCK(lock, true))
#define local_unlock_irq(lock) (SC_LOCAL_LOCK(lock, false), local_irq_enable())
#define local_lock_irqsave(lock, flags) ((flags) = 0, local_lock_irq(lock))
#define local_unlock_irqrestore(lock, flags) ((void)(flags), local_unlock_irq(lock))
#define local_trylock(lock) \
  SC_LOCAL_TRYLOCK(lock, sc_preempt_off(true, SC_HERE), sc_preempt_off(false, SC_HERE))
#define local_trylock_irqsave(lock, flags) \
  SC_LOCAL_TRYLOCK(lock, local_irq_save(flags), local_irq_restore(flags))

struct mutex {
  unsigned locked;
};
#define DEFINE_MUTEX(name) struct mutex name = {0}
#define mutex_lock(m) sc_lock(&(m)->locked, SC_HERE)
#define mutex_trylock(m) ((int)sc_try_lock(&(m)->locked, SC_HERE))
#define mutex_unlock(m) sc_unlock(&(m)->locked, SC_HERE)

typedef struct {
  unsigned locked;
} spinlock_t;
#define DEFINE_SPINLOCK(name) spinlock_t name = {0}
#define spin_lock_init(l) ((l)->locked = 0)
#define spin_lock(l) (sc_preempt_off(true, SC_HERE), sc_lock(&(l)->locked, SC_HERE))
#define spin_lock_nested(l, subclass) spin_lock(l)
#define spin_unlock(l) (sc_unlock(&(l)->locked, SC_HERE), sc_preempt_off(false, SC_HERE))
#define spin_lock_irq(l) (sc_irqs_off(true, SC_HERE), sc_lock(&(l)->locked, SC_HERE))
#define spin_unlock_irq(l) (sc_unlock(&(l)->locked, SC_HERE), sc_irqs_off(false, SC_HERE))
#define spin_lock_irqsave(l, flags) ((flags) = 0, spin_lock_irq(l))
#define spin_unlock_irqrestore(l, flags) ((void)(flags), spin_unlock_irq(l))

#endif
