# Hostile: An attribute whose name a macro has.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: the attribute WHICH
/^void page_counter_cancel/i\
#define WHICH constructor\
__attribute__((WHICH)) static void now(void) { }\

