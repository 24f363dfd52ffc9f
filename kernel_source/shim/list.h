// SPDX-License-Identifier: GPL-2.0-only
/* struct list_head, with the accesses of the kernel's linux/list.h: others may look at `next`. */
#ifndef SC_SHIM_LIST_H
#define SC_SHIM_LIST_H

#include <stockcheck/access.h>

struct list_head {
  struct list_head *next, *prev;
};

#define LIST_HEAD_INIT(name) {&(name), &(name)}
#define LIST_HEAD(name) struct list_head name = LIST_HEAD_INIT(name)
/* What the pointers of a deleted entry are: nobody can read there. */
#define LIST_POISON1 ((struct list_head*)0x100)
#define LIST_POISON2 ((struct list_head*)0x122)

static inline void INIT_LIST_HEAD(struct list_head* list) {
  WRITE_ONCE(list->next, list);
  WRITE_ONCE(list->prev, list);
}
static inline void sc_list_link(struct list_head* before, struct list_head* behind) {
  behind->prev = before;
  WRITE_ONCE(before->next, behind);
}
static inline void sc_list_insert(struct list_head* entry, struct list_head* before,
                                  struct list_head* behind) {
  behind->prev = entry;
  entry->next = behind;
  entry->prev = before;
  WRITE_ONCE(before->next, entry);
}
static inline void list_add(struct list_head* entry, struct list_head* head) {
  sc_list_insert(entry, head, head->next);
}
static inline void list_add_tail(struct list_head* entry, struct list_head* head) {
  sc_list_insert(entry, head->prev, head);
}
static inline void list_del(struct list_head* entry) {
  sc_list_link(entry->prev, entry->next);
  entry->next = LIST_POISON1;
  entry->prev = LIST_POISON2;
}
static inline void list_del_init(struct list_head* entry) {
  sc_list_link(entry->prev, entry->next);
  INIT_LIST_HEAD(entry);
}
static inline int list_empty(const struct list_head* head) {
  return READ_ONCE(head->next) == head;
}
/* Leaves the list that it empties as it is. */
static inline void list_splice(const struct list_head* list, struct list_head* head) {
  struct list_head *first, *last;
  if (list_empty(list)) return;
  first = list->next;
  last = list->prev;
  last->next = head->next;
  head->next->prev = last;
  first->prev = head;
  head->next = first;
}
static inline void list_splice_init(struct list_head* list, struct list_head* head) {
  list_splice(list, head);
  INIT_LIST_HEAD(list);
}

#define list_entry(p, type, member) container_of(p, type, member)
#define list_first_entry(head, type, member) list_entry((head)->next, type, member)
#define list_next_entry(pos, member) list_entry((pos)->member.next, __typeof__(*(pos)), member)
#define list_entry_is_head(pos, head, member) (&(pos)->member == (head))
#define list_for_each_entry(pos, head, member)                                                  \
  for ((pos) = list_first_entry(head, __typeof__(*(pos)), member);                              \
       !list_entry_is_head(pos, head, member); (pos) = list_next_entry(pos, member))

#endif
