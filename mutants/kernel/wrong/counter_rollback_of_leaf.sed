# Wrong: The roll-back takes everything from the leaf.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/limit_hit_at_root
# Oracle: underflow
/^bool page_counter_try_charge/,/^}/ s/page_counter_cancel(c, nr_pages)/page_counter_cancel(counter, nr_pages)/
