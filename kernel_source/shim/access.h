// SPDX-License-Identifier: GPL-2.0-only
/* Marked accesses, barriers and atomics, with the ordering of the kernel's memory model
 * (tools/memory-model/linux-kernel.def of 6.12): what returns a value is fully ordered unless its
 * name says otherwise, what does not is relaxed, and so is a compare-exchange that fails. */
#ifndef SC_SHIM_ACCESS_H
#define SC_SHIM_ACCESS_H

#include <stockcheck/types.h>

#define SC_LOAD(p, order) \
  ((__typeof__(*(p)))(unsigned long)sc_load((p), sizeof(*(p)), EXPLORE_##order, SC_HERE))
#define SC_STORE(p, v, order) \
  sc_store((void*)(p), sizeof(*(p)), SC_BITS(*(p), v), EXPLORE_##order, SC_HERE)
#define SC_RMW(op, p, v, order)                                                                   \
  ((__typeof__(*(p)))(unsigned long)sc_rmw((void*)(p), sizeof(*(p)), EXPLORE_##op,         \
                                                  SC_BITS(*(p), v), EXPLORE_##order, SC_HERE))
/* The bits of a value as one of the type of `x`. */
#define SC_BITS(x, v) ((unsigned long)(__typeof__(x))(v))

#define READ_ONCE(x) SC_LOAD(&(x), RELAXED)
#define WRITE_ONCE(x, v) SC_STORE(&(x), v, RELAXED)
#define smp_load_acquire(p) SC_LOAD(p, ACQUIRE)
#define smp_store_release(p, v) SC_STORE(p, v, RELEASE)

#define data_race(expr)              \
  ({                                 \
    sc_racy(true);            \
    __auto_type sc_value = (expr);   \
    sc_racy(false);           \
    sc_value;                        \
  })

#define barrier() __asm__ volatile("" ::: "memory")
#define smp_mb() sc_fence(EXPLORE_FULL, SC_HERE)
#define smp_rmb() sc_fence(EXPLORE_ACQUIRE, SC_HERE)
#define smp_wmb() sc_fence(EXPLORE_RELEASE, SC_HERE)
#define smp_mb__before_atomic() smp_mb()
#define smp_mb__after_atomic() smp_mb()

#define xchg(p, v) SC_RMW(EXCHANGE, p, v, FULL)
#define xchg_relaxed(p, v) SC_RMW(EXCHANGE, p, v, RELAXED)
#define xchg_acquire(p, v) SC_RMW(EXCHANGE, p, v, ACQUIRE)
#define xchg_release(p, v) SC_RMW(EXCHANGE, p, v, RELEASE)
/* The value before, as cmpxchg() wants it. */
#define SC_CMPXCHG(p, old, new, order)                                                           \
  ({                                                                                             \
    __typeof__(p) sc_p = (p);                                                                    \
    uint64_t sc_seen = SC_BITS(*sc_p, old);                                                      \
    sc_cas((void*)sc_p, sizeof(*sc_p), &sc_seen, SC_BITS(*sc_p, new), EXPLORE_##order,    \
                  SC_HERE);                                                                      \
    (__typeof__(*sc_p))(unsigned long)sc_seen;                                                   \
  })
/* Whether it was exchanged; *old is what was read. */
#define SC_TRY_CMPXCHG(p, old, new, order)                                                       \
  ({                                                                                             \
    __typeof__(p) sc_p = (p);                                                                    \
    __typeof__(old) sc_old = (old);                                                              \
    uint64_t sc_seen = SC_BITS(*sc_p, *sc_old);                                                  \
    bool sc_done = sc_cas((void*)sc_p, sizeof(*sc_p), &sc_seen, SC_BITS(*sc_p, new),      \
                                 EXPLORE_##order, SC_HERE);                                      \
    if (!sc_done) *sc_old = (__typeof__(*sc_old))(unsigned long)sc_seen;                         \
    sc_done;                                                                                     \
  })
#define cmpxchg(p, old, new) SC_CMPXCHG(p, old, new, FULL)
#define cmpxchg_relaxed(p, old, new) SC_CMPXCHG(p, old, new, RELAXED)
#define try_cmpxchg(p, old, new) SC_TRY_CMPXCHG(p, old, new, FULL)
#define try_cmpxchg_relaxed(p, old, new) SC_TRY_CMPXCHG(p, old, new, RELAXED)

typedef struct {
  int counter;
} atomic_t;
typedef struct {
  long counter;
} atomic_long_t;
typedef struct {
  long counter;
} atomic64_t;
#define ATOMIC_INIT(i) {(i)}
#define ATOMIC_LONG_INIT(i) {(i)}
#define ATOMIC64_INIT(i) {(i)}

/* atomic_*, atomic_long_* and atomic64_* are these of the type of the counter. */
#define SC_READ(v) SC_LOAD(&(v)->counter, RELAXED)
#define SC_READ_ACQUIRE(v) SC_LOAD(&(v)->counter, ACQUIRE)
#define SC_SET(v, i) SC_STORE(&(v)->counter, i, RELAXED)
#define SC_SET_RELEASE(v, i) SC_STORE(&(v)->counter, i, RELEASE)
#define SC_ADD(i, v) ((void)SC_RMW(FETCH_ADD, &(v)->counter, i, RELAXED))
#define SC_SUB(i, v) ((void)SC_RMW(FETCH_SUB, &(v)->counter, i, RELAXED))
#define SC_FETCH_ADD(i, v, order) SC_RMW(FETCH_ADD, &(v)->counter, i, order)
#define SC_FETCH_SUB(i, v, order) SC_RMW(FETCH_SUB, &(v)->counter, i, order)
/* The operand once: it may have side effects. */
#define SC_ADD_RETURN(i, v, order)                   \
  ({                                                 \
    __typeof__((v)->counter) sc_i = (i);             \
    SC_FETCH_ADD(sc_i, v, order) + sc_i;             \
  })
#define SC_SUB_RETURN(i, v, order)                   \
  ({                                                 \
    __typeof__((v)->counter) sc_i = (i);             \
    SC_FETCH_SUB(sc_i, v, order) - sc_i;             \
  })

#define atomic_read(v) SC_READ(v)
#define atomic_read_acquire(v) SC_READ_ACQUIRE(v)
#define atomic_set(v, i) SC_SET(v, i)
#define atomic_set_release(v, i) SC_SET_RELEASE(v, i)
#define atomic_add(i, v) SC_ADD(i, v)
#define atomic_sub(i, v) SC_SUB(i, v)
#define atomic_inc(v) SC_ADD(1, v)
#define atomic_dec(v) SC_SUB(1, v)
#define atomic_add_return(i, v) SC_ADD_RETURN(i, v, FULL)
#define atomic_add_return_relaxed(i, v) SC_ADD_RETURN(i, v, RELAXED)
#define atomic_sub_return(i, v) SC_SUB_RETURN(i, v, FULL)
#define atomic_sub_return_relaxed(i, v) SC_SUB_RETURN(i, v, RELAXED)
#define atomic_inc_return(v) SC_ADD_RETURN(1, v, FULL)
#define atomic_dec_return(v) SC_SUB_RETURN(1, v, FULL)
#define atomic_fetch_add(i, v) SC_FETCH_ADD(i, v, FULL)
#define atomic_fetch_add_relaxed(i, v) SC_FETCH_ADD(i, v, RELAXED)
#define atomic_fetch_sub(i, v) SC_FETCH_SUB(i, v, FULL)
#define atomic_fetch_sub_relaxed(i, v) SC_FETCH_SUB(i, v, RELAXED)
#define atomic_sub_and_test(i, v) (SC_SUB_RETURN(i, v, FULL) == 0)
#define atomic_dec_and_test(v) (SC_SUB_RETURN(1, v, FULL) == 0)
#define atomic_xchg(v, i) xchg(&(v)->counter, i)
#define atomic_xchg_relaxed(v, i) xchg_relaxed(&(v)->counter, i)
#define atomic_cmpxchg(v, old, new) cmpxchg(&(v)->counter, old, new)
#define atomic_cmpxchg_relaxed(v, old, new) cmpxchg_relaxed(&(v)->counter, old, new)
#define atomic_try_cmpxchg(v, old, new) try_cmpxchg(&(v)->counter, old, new)
#define atomic_try_cmpxchg_relaxed(v, old, new) try_cmpxchg_relaxed(&(v)->counter, old, new)

#define atomic_long_read atomic_read
#define atomic_long_read_acquire atomic_read_acquire
#define atomic_long_set atomic_set
#define atomic_long_set_release atomic_set_release
#define atomic_long_add atomic_add
#define atomic_long_sub atomic_sub
#define atomic_long_inc atomic_inc
#define atomic_long_dec atomic_dec
#define atomic_long_add_return atomic_add_return
#define atomic_long_add_return_relaxed atomic_add_return_relaxed
#define atomic_long_sub_return atomic_sub_return
#define atomic_long_sub_return_relaxed atomic_sub_return_relaxed
#define atomic_long_inc_return atomic_inc_return
#define atomic_long_dec_return atomic_dec_return
#define atomic_long_fetch_add atomic_fetch_add
#define atomic_long_fetch_add_relaxed atomic_fetch_add_relaxed
#define atomic_long_fetch_sub atomic_fetch_sub
#define atomic_long_fetch_sub_relaxed atomic_fetch_sub_relaxed
#define atomic_long_sub_and_test atomic_sub_and_test
#define atomic_long_dec_and_test atomic_dec_and_test
#define atomic_long_xchg atomic_xchg
#define atomic_long_xchg_relaxed atomic_xchg_relaxed
#define atomic_long_cmpxchg atomic_cmpxchg
#define atomic_long_cmpxchg_relaxed atomic_cmpxchg_relaxed
#define atomic_long_try_cmpxchg atomic_try_cmpxchg
#define atomic_long_try_cmpxchg_relaxed atomic_try_cmpxchg_relaxed

#endif
