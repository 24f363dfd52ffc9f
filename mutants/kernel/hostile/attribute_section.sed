# file: mm/page_counter.c
# summary: A pointer that the loader calls.
# scenario: page_counter/charge_uncharge
# exit: 2
# says: the attribute section
/^void page_counter_cancel/i\
static void now(void) { }\
__attribute__((section(".init_array"), used)) static void (*at_once)(void) = now;
