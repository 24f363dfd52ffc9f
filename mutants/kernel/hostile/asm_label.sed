# file: mm/page_counter.c
# summary: A function under the name of another one.
# scenario: page_counter/charge_uncharge
# exit: 2
# says: inline assembly that is no compiler barrier
/^void page_counter_cancel/i\
extern int harmless(void) __asm__("fork");
