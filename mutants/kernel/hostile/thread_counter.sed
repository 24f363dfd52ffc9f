# Hostile: A counter of a thread is not reset between executions.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: __thread: 
/^void page_counter_cancel/i\
static __thread long calls;
