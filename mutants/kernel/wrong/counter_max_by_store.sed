# file: mm/page_counter.c
# summary: A new limit is stored, which orders nothing.
# scenario: page_counter/set_max_against_try_charge
# oracle: overcharge
/^int page_counter_set_max/,/^}/ s/old = xchg(&counter->max, nr_pages);/old = READ_ONCE(counter->max); WRITE_ONCE(counter->max, nr_pages);/
