# Wrong: A charge may go one page above the limit.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter/last_page
# Oracle: overcharge
/^bool page_counter_try_charge/,/^}/ s/new > c->max/new > c->max + 1/
