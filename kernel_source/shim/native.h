// SPDX-License-Identifier: GPL-2.0-only
/* Accesses as instructions, for code that runs on real threads: the same functions as those that
 * otherwise have a table behind them, with the same order at the lowest cost that the machine
 * allows. Once they are inlined, all arguments but addresses and values are constants. */
#ifndef SC_SHIM_NATIVE_H
#define SC_SHIM_NATIVE_H

#include "explore/hooks.h"

#define SC_INLINE static inline __attribute__((always_inline))

/* Whether a sequentially consistent RMW is a full barrier before and after; see
 * model/atomics/std_full_order.hpp. */
#if defined(__x86_64__) || (defined(__aarch64__) && defined(__ARM_FEATURE_ATOMICS))
#define SC_RMW_IS_FULL true
#else
#define SC_RMW_IS_FULL false
#endif

SC_INLINE int sc_builtin_order(enum explore_order order) {
  switch (order) {
    case EXPLORE_PLAIN:
    case EXPLORE_RACY:
    case EXPLORE_RELAXED: return __ATOMIC_RELAXED;
    case EXPLORE_ACQUIRE: return __ATOMIC_ACQUIRE;
    case EXPLORE_RELEASE: return __ATOMIC_RELEASE;
    case EXPLORE_ACQ_REL: return __ATOMIC_ACQ_REL;
    default: return __ATOMIC_SEQ_CST;
  }
}

/* Returns the RMW's own order: relaxed between two fences if it is full but no barrier itself. */
SC_INLINE int sc_rmw_order(enum explore_order order) {
  if (order == EXPLORE_FULL && !SC_RMW_IS_FULL) return __ATOMIC_RELAXED;
  return sc_builtin_order(order);
}
/* Before and after an RMW. What the machine does already is still forbidden to the compiler. */
SC_INLINE void sc_rmw_barrier(enum explore_order order) {
  if (order != EXPLORE_FULL) return;
  if (SC_RMW_IS_FULL)
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
  else
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

/* What `operation` is for the unsigned type of that size. */
#define SC_BY_SIZE(operation)           \
  switch (size) {                       \
    case 1: return operation(uint8_t);  \
    case 2: return operation(uint16_t); \
    case 4: return operation(uint32_t); \
    default: return operation(uint64_t); \
  }

SC_INLINE uint64_t sc_load(const void* address, size_t size, enum explore_order order,
                           const struct explore_site* at) {
  (void)at;
#define SC_NATIVE_LOAD(type) __atomic_load_n((const volatile type*)address, sc_builtin_order(order))
  SC_BY_SIZE(SC_NATIVE_LOAD)
}

SC_INLINE void sc_store(void* address, size_t size, uint64_t value, enum explore_order order,
                        const struct explore_site* at) {
  (void)at;
#define SC_NATIVE_STORE(type) \
  __atomic_store_n((volatile type*)address, (type)value, sc_builtin_order(order))
  SC_BY_SIZE(SC_NATIVE_STORE)
}

SC_INLINE uint64_t sc_bare_rmw(void* address, size_t size, enum explore_rmw op, uint64_t operand,
                               int order) {
#define SC_NATIVE_EXCHANGE(type) __atomic_exchange_n((volatile type*)address, (type)operand, order)
#define SC_NATIVE_ADD(type) __atomic_fetch_add((volatile type*)address, (type)operand, order)
#define SC_NATIVE_SUB(type) __atomic_fetch_sub((volatile type*)address, (type)operand, order)
#define SC_NATIVE_AND(type) __atomic_fetch_and((volatile type*)address, (type)operand, order)
#define SC_NATIVE_OR(type) __atomic_fetch_or((volatile type*)address, (type)operand, order)
#define SC_NATIVE_XOR(type) __atomic_fetch_xor((volatile type*)address, (type)operand, order)
  switch (op) {
    case EXPLORE_EXCHANGE: SC_BY_SIZE(SC_NATIVE_EXCHANGE)
    case EXPLORE_FETCH_ADD: SC_BY_SIZE(SC_NATIVE_ADD)
    case EXPLORE_FETCH_SUB: SC_BY_SIZE(SC_NATIVE_SUB)
    case EXPLORE_FETCH_AND: SC_BY_SIZE(SC_NATIVE_AND)
    case EXPLORE_FETCH_OR: SC_BY_SIZE(SC_NATIVE_OR)
    default: SC_BY_SIZE(SC_NATIVE_XOR)
  }
}

SC_INLINE uint64_t sc_rmw(void* address, size_t size, enum explore_rmw op, uint64_t operand,
                          enum explore_order order, const struct explore_site* at) {
  (void)at;
  sc_rmw_barrier(order);
  const uint64_t before = sc_bare_rmw(address, size, op, operand, sc_rmw_order(order));
  sc_rmw_barrier(order);
  return before;
}

SC_INLINE bool sc_bare_cas(void* address, size_t size, uint64_t* expected, uint64_t desired,
                           int order) {
#define SC_NATIVE_CAS(type)                                                                   \
  ({                                                                                          \
    type sc_expected = (type)*expected;                                                       \
    const bool sc_done = __atomic_compare_exchange_n(                                         \
        (volatile type*)address, &sc_expected, (type)desired, false, order, __ATOMIC_RELAXED); \
    if (!sc_done) *expected = sc_expected;                                                    \
    sc_done;                                                                                  \
  })
  SC_BY_SIZE(SC_NATIVE_CAS)
}

SC_INLINE bool sc_cas(void* address, size_t size, uint64_t* expected, uint64_t desired,
                      enum explore_order success, const struct explore_site* at) {
  (void)at;
  sc_rmw_barrier(success);
  const bool done = sc_bare_cas(address, size, expected, desired, sc_rmw_order(success));
  sc_rmw_barrier(success);
  return done;
}

SC_INLINE void sc_fence(enum explore_order order, const struct explore_site* at) {
  (void)at;
  __atomic_thread_fence(sc_builtin_order(order));
}

SC_INLINE void sc_racy(bool begins) { (void)begins; }

#endif
