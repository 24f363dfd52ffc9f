# Wrong: A charge orders nothing, so that it and a new limit may miss each other.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/set_max_against_try_charge
# Oracle: overcharge
/^bool page_counter_try_charge/,/^}/ s/atomic_long_add_return(/atomic_long_add_return_relaxed(/
