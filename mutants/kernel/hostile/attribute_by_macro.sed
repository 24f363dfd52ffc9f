# file: mm/page_counter.c
# summary: An attribute whose name a macro has.
# scenario: page_counter/charge_uncharge
# exit: 2
# says: the attribute WHICH
/^void page_counter_cancel/i\
#define WHICH constructor\
__attribute__((WHICH)) static void now(void) { }\

