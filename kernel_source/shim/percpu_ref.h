// SPDX-License-Identifier: GPL-2.0-only
/* References that are counted per CPU: one number here, and the orders of lib/percpu-refcount.c. */
#ifndef SC_SHIM_PERCPU_REF_H
#define SC_SHIM_PERCPU_REF_H

#include <stockcheck/types.h>

struct percpu_ref;
typedef void(percpu_ref_func_t)(struct percpu_ref*);

struct percpu_ref {
  long count;
  percpu_ref_func_t* release; /* called by the last put */
};

/* Getting and putting orders nothing, but for the put that ends it all and the tryget. */
void sc_ref_init(struct percpu_ref* ref, percpu_ref_func_t* release);
void sc_ref_get(struct percpu_ref* ref, long references, const struct explore_site* at);
bool sc_ref_tryget(struct percpu_ref* ref, const struct explore_site* at);
void sc_ref_put(struct percpu_ref* ref, long references, const struct explore_site* at);
/* One that the running task is about to put again, beside that of its caller: no other task could
 * tell, so that it is not counted. Once for a task; what is left of it, it keeps. */
void sc_ref_borrow(struct percpu_ref* ref, const struct explore_site* at);
void sc_ref_keep_borrowed(const struct explore_site* at);

#define percpu_ref_init(ref, release, flags, gfp) \
  ((void)(flags), (void)(gfp), sc_ref_init(ref, release), 0)
#define percpu_ref_exit(ref) ((void)(ref))
#define percpu_ref_get(ref) sc_ref_get((ref), 1, SC_HERE)
#define percpu_ref_get_many(ref, nr) sc_ref_get((ref), (long)(nr), SC_HERE)
#define percpu_ref_tryget(ref) sc_ref_tryget((ref), SC_HERE)
#define percpu_ref_put(ref) sc_ref_put((ref), 1, SC_HERE)
#define percpu_ref_put_many(ref, nr) sc_ref_put((ref), (long)(nr), SC_HERE)
/* The reference that it was born with. */
#define percpu_ref_kill(ref) sc_ref_put((ref), 1, SC_HERE)

#endif
