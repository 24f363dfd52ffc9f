# file: mm/page_counter.c
# summary: The loader calls no _init().
# scenario: page_counter/charge_uncharge
# exit: 3
# says: not exercised  _init()
/^void page_counter_cancel/i\
void _init(void);\
void _init(void) { *(volatile long *)8 = 1; }
