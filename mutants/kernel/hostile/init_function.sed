# Hostile: The loader calls no _init().
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 3
# Says: not exercised  _init()
/^void page_counter_cancel/i\
void _init(void);\
void _init(void) { *(volatile long *)8 = 1; }
