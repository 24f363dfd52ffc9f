# Hostile: A function under the name of another one.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: inline assembly that is no compiler barrier
/^void page_counter_cancel/i\
extern int harmless(void) __asm__("fork");
