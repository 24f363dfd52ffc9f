# Right: The limit is read and restored with marked accesses.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter
/^bool page_counter_try_charge/,/^}/ s/new > c->max/new > READ_ONCE(c->max)/
/^int page_counter_set_max/,/^}/ s/counter->max = old;/WRITE_ONCE(counter->max, old);/
