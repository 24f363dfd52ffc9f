# Wrong: A refused charge stays at the levels below the one that refused it.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/limit_hit_at_root
# Oracle: conservation
/^bool page_counter_try_charge/,/^}/ s/page_counter_cancel(c, nr_pages);/;/
