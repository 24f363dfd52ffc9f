# Hostile: A pointer that the loader calls.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: the attribute section
/^void page_counter_cancel/i\
static void now(void) { }\
__attribute__((section(".init_array"), used)) static void (*at_once)(void) = now;
