# file: mm/page_counter.c
# summary: A charge orders nothing, so that it and a new limit may miss each other.
# scenario: page_counter/set_max_against_try_charge
# oracle: overcharge
/^bool page_counter_try_charge/,/^}/ s/atomic_long_add_return(/atomic_long_add_return_relaxed(/
