# Hostile: Code that runs before anything is checked.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: the attribute constructor
/^void page_counter_cancel/i\
static long early;\
__attribute__((constructor)) static void now(void) { early = 1; }
