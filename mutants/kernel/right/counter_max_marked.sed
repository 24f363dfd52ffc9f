# file: mm/page_counter.c
# summary: The limit is read and restored with marked accesses.
# scenarios: page_counter
/^bool page_counter_try_charge/,/^}/ s/new > c->max/new > READ_ONCE(c->max)/
/^int page_counter_set_max/,/^}/ s/counter->max = old;/WRITE_ONCE(counter->max, old);/
