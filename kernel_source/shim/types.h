// SPDX-License-Identifier: GPL-2.0-only
/* Types, constants and the small macros that the kernel's headers would define. */
#ifndef SC_SHIM_TYPES_H
#define SC_SHIM_TYPES_H

#include <stockcheck/hooks.h>

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int8_t s8;
typedef int16_t s16;
typedef int32_t s32;
typedef int64_t s64;
typedef unsigned int gfp_t;

#define CONFIG_64BIT 1
#define CONFIG_SMP 1
#define CONFIG_MEMCG 1
#define CONFIG_MEMCG_KMEM 1
#define CONFIG_MEMCG_V1 1
#define BITS_PER_LONG 64

/* 1 if the configuration has the option, which is then defined as 1. */
#define IS_ENABLED(option) SC_IS_ONE(option)
#define SC_IS_ONE(x) SC_IS_ONE_(x)
#define SC_IS_ONE_(x) SC_SECOND(SC_COMMA_IF_##x 1, 0)
#define SC_COMMA_IF_1 0,
#define SC_SECOND(...) SC_SECOND_(__VA_ARGS__, 0)
#define SC_SECOND_(first, second, ...) second

/* Answers that never change. A constant would be folded, and the line that asks with it: a line of a
 * patch that runs must be seen to run. */
static inline bool sc_never(void) {
  return false;
}
static inline bool sc_always(void) {
  return true;
}

#define PAGE_SHIFT 12
#define PAGE_SIZE (1UL << PAGE_SHIFT)
#define SMP_CACHE_BYTES 64

#define U8_MAX ((u8)~0U)
#define S8_MAX ((s8)(U8_MAX >> 1))
#define U16_MAX ((u16)~0U)
#define S16_MAX ((s16)(U16_MAX >> 1))

#define ENOENT 2
#define EAGAIN 11
#define ENOMEM 12
#define EBUSY 16
#define EINVAL 22

#undef __always_inline /* the C library's own */
#define __always_inline inline __attribute__((always_inline))
#define noinline __attribute__((noinline))
#define __maybe_unused __attribute__((unused))
#define __must_check
#define __init
#define __percpu
#define __rcu
#define __user
#define __read_mostly
#define __ro_after_init
#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define fallthrough __attribute__((fallthrough))
#define EXPORT_SYMBOL(name)
#define EXPORT_SYMBOL_GPL(name)

struct sc_cacheline_padding {
  char x[0];
} __attribute__((aligned(SMP_CACHE_BYTES)));
#define CACHELINE_PADDING(name) struct sc_cacheline_padding name
#define ____cacheline_aligned __attribute__((aligned(SMP_CACHE_BYTES)))
#define ____cacheline_aligned_in_smp ____cacheline_aligned
#define ____cacheline_internodealigned_in_smp ____cacheline_aligned

#define min(a, b)                \
  ({                             \
    __auto_type sc_a = (a);      \
    __auto_type sc_b = (b);      \
    sc_a < sc_b ? sc_a : sc_b;   \
  })
#define max(a, b)                \
  ({                             \
    __auto_type sc_a = (a);      \
    __auto_type sc_b = (b);      \
    sc_a > sc_b ? sc_a : sc_b;   \
  })
#define min_t(type, a, b) min((type)(a), (type)(b))
#define max_t(type, a, b) max((type)(a), (type)(b))
#define abs(x)                \
  ({                           \
    __auto_type sc_x = (x);    \
    sc_x < 0 ? -sc_x : sc_x;   \
  })
#define container_of(p, type, member) ((type*)((char*)(p) - offsetof(type, member)))
#define DIV_ROUND_UP(n, d) (((n) + (d) - 1) / (d))
/* a * b / c, where a * b may need more than 64 bits and the quotient does not. */
static inline u64 mul_u64_u64_div_u64(u64 a, u64 b, u64 c) {
  const unsigned __int128 product = (unsigned __int128)a * b;
  u64 rest = (u64)(product >> 64);
  u64 quotient = (u64)product;
  if (rest == 0 || c == 0) return quotient / c;
  for (int bit = 0; bit < 64; ++bit) {
    const bool is_above = rest >> 63;
    rest = rest << 1 | quotient >> 63;
    quotient <<= 1;
    if (is_above || rest >= c) {
      rest -= c;
      quotient |= 1;
    }
  }
  return quotient;
}
#define round_up(x, y) ((((x) - 1) | ((__typeof__(x))((y) - 1))) + 1)
#define PAGE_ALIGN(x) round_up(x, PAGE_SIZE)
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
/* What a scenario chooses is no constant here. */
#define BUILD_BUG_ON(condition)                                                                    \
  _Static_assert(!__builtin_choose_expr(__builtin_constant_p(condition), (condition), 0), #condition)

#endif
