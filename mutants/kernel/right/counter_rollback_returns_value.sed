# Right: The level that refused a charge is rolled back by an operation that returns a value.
# Of: kernel 6.12
# File: mm/page_counter.c
# Scenario: page_counter
/^bool page_counter_try_charge/,/^}/ s/atomic_long_sub(nr_pages, &c->usage);/(void)atomic_long_sub_return(nr_pages, \&c->usage);/
