# file: mm/page_counter.c
# summary: Code that runs before anything is checked.
# scenario: page_counter/charge_uncharge
# exit: 2
# says: the attribute constructor
/^void page_counter_cancel/i\
static long early;\
__attribute__((constructor)) static void now(void) { early = 1; }
