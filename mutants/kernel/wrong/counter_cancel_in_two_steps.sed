# Wrong: An uncharge reads the usage and writes it back.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/charge_uncharge
# Oracle: conservation
/^void page_counter_cancel/,/^}/ s/new = atomic_long_sub_return(nr_pages, &counter->usage);/new = atomic_long_read(\&counter->usage) - nr_pages; atomic_long_set(\&counter->usage, new);/
