# Hostile: An access is announced and not made.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: __tsan_write8: a name of the checker
/^void page_counter_cancel/i\
extern void __tsan_write8(void *);
