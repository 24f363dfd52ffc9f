// SPDX-License-Identifier: GPL-2.0-only
/* Programs in C, to be explored. */
#ifndef STOCKCHECK_TESTS_EXPLORE_C_PROGRAM_H
#define STOCKCHECK_TESTS_EXPLORE_C_PROGRAM_H

#ifdef __cplusplus
extern "C" {
#endif

/* A counter of pages with a limit, in the way of the kernel's page_counter. */
struct counter {
  long usage;
  unsigned long max;
  unsigned long failures; /* plain, racy on purpose */
};

void counter_init(struct counter* c, unsigned long max);
int counter_try_charge(struct counter* c, long nr_pages);
void counter_set_max(struct counter* c, unsigned long max);
long counter_usage(const struct counter* c);

/* A message of plain data, handed over by an atomic flag. */
struct message {
  long data;
  int ready;
};

void message_send(struct message* m, int release);
long message_receive(struct message* m);

/* Each begins with memory from explore_alloc(). */
int* zeroed_number(void);
int* uninitialised_number(void);

#ifdef __cplusplus
}
#endif

#endif
