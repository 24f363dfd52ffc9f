// SPDX-License-Identifier: GPL-2.0-only
// Pairs of functions that should compile to the same instructions: ours_NAME on std_atomics,
// hand_NAME on std::atomic. The names of fully ordered ones start with full_; codegen tests read
// the object file. Macros, because the names and orders of functions are what is generated.
#include "model/atomics/std_atomics.hpp"

#include <atomic>

namespace {

using stockcheck::order;
template <class T>
using our_cell = stockcheck::std_atomics::atomic<T>;
template <class T>
using hand_cell = std::atomic<T>;

}  // namespace

// How an RMW of each order is written by hand. std::atomic has no fully ordered one; on x86-64 it
// is seq_cst, if the compiler is told as well.
#define COMPILER_BARRIER std::atomic_signal_fence(std::memory_order_seq_cst)
#define BY_HAND_relaxed(RMW) return RMW
#define BY_HAND_acquire(RMW) return RMW
#define BY_HAND_release(RMW) return RMW
#define BY_HAND_acq_rel(RMW) return RMW
#define BY_HAND_seq_cst(RMW) return RMW
#define BY_HAND_full(RMW)  \
  COMPILER_BARRIER;        \
  const auto result = RMW; \
  COMPILER_BARRIER;        \
  return result

#define PAIR(NAME, T, RESULT, OURS, HAND)                                                         \
  extern "C" RESULT ours_##NAME(our_cell<T>& a, [[maybe_unused]] T& old, [[maybe_unused]] T v) {  \
    OURS;                                                                                         \
  }                                                                                               \
  extern "C" RESULT hand_##NAME(hand_cell<T>& a, [[maybe_unused]] T& old, [[maybe_unused]] T v) { \
    HAND;                                                                                         \
  }

#define LOAD(T, TAG, O) \
  PAIR(load_##O##_##TAG, T, T, return a.load(order::O), return a.load(std::memory_order_##O))
#define STORE(T, TAG, O) \
  PAIR(store_##O##_##TAG, T, void, a.store(v, order::O), a.store(v, std::memory_order_##O))
#define RMW(T, TAG, NAME, OPERATION, O, HAND_O)                           \
  PAIR(NAME##_##OPERATION##_##TAG, T, T, return a.OPERATION(v, order::O), \
       BY_HAND_##O(a.OPERATION(v, std::memory_order_##HAND_O)))
#define VOID_RMW(T, TAG, NAME, OPERATION, O, HAND_O)                       \
  PAIR(NAME##_void_##OPERATION##_##TAG, T, void, a.OPERATION(v, order::O), \
       a.OPERATION(v, std::memory_order_##HAND_O))
#define CAS(T, TAG, NAME, STRENGTH, O, HAND_O, FAILURE)                              \
  PAIR(NAME##_compare_exchange_##STRENGTH##_##TAG, T, bool,                          \
       return a.compare_exchange_##STRENGTH(old, v, order::O, order::FAILURE),       \
       BY_HAND_##O(a.compare_exchange_##STRENGTH(old, v, std::memory_order_##HAND_O, \
                                                 std::memory_order_##FAILURE)))

#define LOADS_AND_STORES(T, TAG) \
  LOAD(T, TAG, relaxed)          \
  LOAD(T, TAG, acquire)          \
  LOAD(T, TAG, seq_cst)          \
  STORE(T, TAG, relaxed)         \
  STORE(T, TAG, release)         \
  STORE(T, TAG, seq_cst)

#define EXCHANGES(T, TAG, NAME, O, HAND_O, FAILURE) \
  RMW(T, TAG, NAME, exchange, O, HAND_O)            \
  CAS(T, TAG, NAME, strong, O, HAND_O, FAILURE)     \
  CAS(T, TAG, NAME, weak, O, HAND_O, FAILURE)

#define ARITHMETIC(T, TAG, NAME, O, HAND_O) \
  RMW(T, TAG, NAME, fetch_add, O, HAND_O)   \
  RMW(T, TAG, NAME, fetch_sub, O, HAND_O)   \
  RMW(T, TAG, NAME, fetch_and, O, HAND_O)   \
  RMW(T, TAG, NAME, fetch_or, O, HAND_O)    \
  VOID_RMW(T, TAG, NAME, fetch_add, O, HAND_O)

#define POINTER(T, TAG)                                 \
  LOADS_AND_STORES(T, TAG)                              \
  EXCHANGES(T, TAG, relaxed, relaxed, relaxed, relaxed) \
  EXCHANGES(T, TAG, acquire, acquire, acquire, acquire) \
  EXCHANGES(T, TAG, release, release, release, relaxed) \
  EXCHANGES(T, TAG, acq_rel, acq_rel, acq_rel, acquire) \
  EXCHANGES(T, TAG, seq_cst, seq_cst, seq_cst, seq_cst) \
  EXCHANGES(T, TAG, full, full, seq_cst, relaxed)

#define NUMBER(T, TAG)                          \
  POINTER(T, TAG)                               \
  ARITHMETIC(T, TAG, relaxed, relaxed, relaxed) \
  ARITHMETIC(T, TAG, acquire, acquire, acquire) \
  ARITHMETIC(T, TAG, release, release, release) \
  ARITHMETIC(T, TAG, acq_rel, acq_rel, acq_rel) \
  ARITHMETIC(T, TAG, seq_cst, seq_cst, seq_cst) \
  ARITHMETIC(T, TAG, full, full, seq_cst)

NUMBER(int, int)
NUMBER(long, long)
POINTER(int*, pointer)
