// SPDX-License-Identifier: GPL-2.0-only
/* Bits of arrays of unsigned long: what returns the old one is fully ordered, the rest is
 * relaxed. */
#ifndef SC_SHIM_BITS_H
#define SC_SHIM_BITS_H

#include <stockcheck/access.h>

#define BIT(nr) (1UL << (nr))
#define SC_WORD(nr, p) ((unsigned long*)(p) + (nr) / BITS_PER_LONG)
#define SC_MASK(nr) (1UL << ((nr) % BITS_PER_LONG))

#define test_bit(nr, p) ((READ_ONCE(*SC_WORD(nr, p)) & SC_MASK(nr)) != 0)
#define set_bit(nr, p) ((void)SC_RMW(FETCH_OR, SC_WORD(nr, p), SC_MASK(nr), RELAXED))
#define clear_bit(nr, p) ((void)SC_RMW(FETCH_AND, SC_WORD(nr, p), ~SC_MASK(nr), RELAXED))
#define clear_bit_unlock(nr, p) ((void)SC_RMW(FETCH_AND, SC_WORD(nr, p), ~SC_MASK(nr), RELEASE))
#define test_and_set_bit(nr, p) \
  ((SC_RMW(FETCH_OR, SC_WORD(nr, p), SC_MASK(nr), FULL) & SC_MASK(nr)) != 0)
#define test_and_clear_bit(nr, p) \
  ((SC_RMW(FETCH_AND, SC_WORD(nr, p), ~SC_MASK(nr), FULL) & SC_MASK(nr)) != 0)

#endif
