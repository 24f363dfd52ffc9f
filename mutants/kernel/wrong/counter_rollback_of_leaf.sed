# file: mm/page_counter.c
# summary: The roll-back takes everything from the leaf.
# scenario: page_counter/limit_hit_at_root
# oracle: underflow
/^bool page_counter_try_charge/,/^}/ s/page_counter_cancel(c, nr_pages)/page_counter_cancel(counter, nr_pages)/
