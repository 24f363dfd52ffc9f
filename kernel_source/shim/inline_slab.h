// SPDX-License-Identifier: GPL-2.0-only
/* Comes before what is cut out of mm/slab.h.
 *
 * What READ_ONCE() reads there is a pointer to what has just been allocated, which the kernel
 * follows: the address dependency is an acquire here. */
#undef READ_ONCE
#define READ_ONCE(x) SC_LOAD(&(x), ACQUIRE)
