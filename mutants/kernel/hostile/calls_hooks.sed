# file: mm/page_counter.c
# summary: An access is announced and not made.
# scenario: page_counter/charge_uncharge
# exit: 2
# says: __tsan_write8: a name of the checker
/^void page_counter_cancel/i\
extern void __tsan_write8(void *);
