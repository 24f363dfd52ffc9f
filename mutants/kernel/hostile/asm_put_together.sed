# Hostile: A keyword that a macro puts together.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Exit: 2
# Says: ##: names that are put together
/^void page_counter_cancel/i\
#define JOIN(a, b) a##b\
JOIN(as, m)("nop");
