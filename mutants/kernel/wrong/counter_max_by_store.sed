# Wrong: A new limit is stored, which orders nothing.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/set_max_against_try_charge
# Oracle: overcharge
/^int page_counter_set_max/,/^}/ s/old = xchg(&counter->max, nr_pages);/old = READ_ONCE(counter->max); WRITE_ONCE(counter->max, nr_pages);/
