# file: mm/page_counter.c
# summary: A charge may go one page above the limit.
# scenario: page_counter/last_page
# oracle: overcharge
/^bool page_counter_try_charge/,/^}/ s/new > c->max/new > c->max + 1/
