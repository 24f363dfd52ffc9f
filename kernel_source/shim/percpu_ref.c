// SPDX-License-Identifier: GPL-2.0-only
/* The references of percpu_ref.h, with the rules of a css's: whoever gets one has one, or knows of
 * one. Compiled without instrumentation. */
#include <stockcheck/kernel.h>
#include <stockcheck/percpu_ref.h>
#include <stockcheck/sched.h>

void sc_ref_init(struct percpu_ref* ref, percpu_ref_func_t* release) {
  ref->count = 1;
  ref->release = release;
}

void sc_ref_get(struct percpu_ref* ref, long references, const struct explore_site* at) {
  const long before = (long)sc_rmw(&ref->count, sizeof ref->count, EXPLORE_FETCH_ADD,
                                   (uint64_t)references, EXPLORE_RELAXED, at);
  if (before <= 0) sc_bad_reference("a reference is taken where there are none left", at);
}

bool sc_ref_tryget(struct percpu_ref* ref, const struct explore_site* at) {
  uint64_t seen = sc_load(&ref->count, sizeof ref->count, EXPLORE_RELAXED, at);
  while ((long)seen > 0)
    if (sc_cas(&ref->count, sizeof ref->count, &seen, seen + 1, EXPLORE_FULL, at)) return true;
  return false;
}

void sc_ref_put(struct percpu_ref* ref, long references, const struct explore_site* at) {
  if (current != 0 && current->borrowed == ref && references == 1) {
    current->borrowed = 0;
    return;
  }
  const long left = (long)sc_rmw(&ref->count, sizeof ref->count, EXPLORE_FETCH_SUB,
                                 (uint64_t)references, EXPLORE_FULL, at) -
                    references;
  if (left < 0) sc_bad_reference("more references are put than there are", at);
  if (left == 0) ref->release(ref);
}

void sc_ref_borrow(struct percpu_ref* ref, const struct explore_site* at) {
  sc_ref_keep_borrowed(at);
  current->borrowed = ref;
}
void sc_ref_keep_borrowed(const struct explore_site* at) {
  if (current->borrowed != 0) sc_ref_get(current->borrowed, 1, at);
  current->borrowed = 0;
}
