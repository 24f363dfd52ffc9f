# file: mm/page_counter.c
# summary: A counter of a thread is not reset between executions.
# scenario: page_counter/charge_uncharge
# exit: 2
# says: __thread: 
/^void page_counter_cancel/i\
static __thread long calls;
