# file: mm/page_counter.c
# summary: A refused charge stays at the levels below the one that refused it.
# scenario: page_counter/limit_hit_at_root
# oracle: conservation
/^bool page_counter_try_charge/,/^}/ s/page_counter_cancel(c, nr_pages);/;/
