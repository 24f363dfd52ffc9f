# file: mm/page_counter.c
# summary: A keyword that a macro puts together.
# scenario: page_counter/charge_uncharge
# exit: 2
# says: ##: names that are put together
/^void page_counter_cancel/i\
#define JOIN(a, b) a##b\
JOIN(as, m)("nop");
