# file: mm/page_counter.c
# summary: An uncharge reads the usage and writes it back.
# scenario: page_counter/charge_uncharge
# oracle: conservation
/^void page_counter_cancel/,/^}/ s/new = atomic_long_sub_return(nr_pages, &counter->usage);/new = atomic_long_read(\&counter->usage) - nr_pages; atomic_long_set(\&counter->usage, new);/
