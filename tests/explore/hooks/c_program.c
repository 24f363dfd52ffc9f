// SPDX-License-Identifier: GPL-2.0-only
#include "c_program.h"

#include "explore/hooks.h"

void counter_init(struct counter* c, unsigned long max) {
  c->usage = 0;
  c->max = max;
  c->failures = 0;
}

int counter_try_charge(struct counter* c, long nr_pages) {
  uint64_t before = explore_rmw(&c->usage, sizeof c->usage, EXPLORE_FETCH_ADD, (uint64_t)nr_pages,
                                EXPLORE_FULL, EXPLORE_HERE);
  uint64_t max = explore_plain_read(&c->max, sizeof c->max, EXPLORE_HERE);
  if (before + (uint64_t)nr_pages <= max) return 1;
  explore_rmw(&c->usage, sizeof c->usage, EXPLORE_FETCH_SUB, (uint64_t)nr_pages, EXPLORE_FULL,
              EXPLORE_HERE);
  uint64_t failures = explore_load(&c->failures, sizeof c->failures, EXPLORE_RACY, EXPLORE_HERE);
  explore_store(&c->failures, sizeof c->failures, failures + 1, EXPLORE_RACY, EXPLORE_HERE);
  return 0;
}

void counter_set_max(struct counter* c, unsigned long max) {
  explore_rmw(&c->max, sizeof c->max, EXPLORE_EXCHANGE, max, EXPLORE_FULL, EXPLORE_HERE);
}

long counter_usage(const struct counter* c) {
  return (long)explore_load(&c->usage, sizeof c->usage, EXPLORE_RELAXED, EXPLORE_HERE);
}

void message_send(struct message* m, int release) {
  explore_plain_write(&m->data, sizeof m->data, 42, EXPLORE_HERE);
  explore_store(&m->ready, sizeof m->ready, 1, release ? EXPLORE_RELEASE : EXPLORE_RELAXED,
                EXPLORE_HERE);
}

static bool is_ready(void* message) {
  struct message* m = message;
  return explore_load(&m->ready, sizeof m->ready, EXPLORE_ACQUIRE, EXPLORE_HERE) == 1;
}

long message_receive(struct message* m) {
  explore_block(is_ready, m, EXPLORE_HERE);
  return (long)explore_plain_read(&m->data, sizeof m->data, EXPLORE_HERE);
}

int* zeroed_number(void) {
  return explore_alloc(sizeof(int), _Alignof(int), true, EXPLORE_HERE);
}

int* uninitialised_number(void) {
  return explore_alloc(sizeof(int), _Alignof(int), false, EXPLORE_HERE);
}
